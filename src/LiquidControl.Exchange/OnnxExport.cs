using LiquidControl.Neural;

namespace LiquidControl.Exchange;

/// <summary>
/// Writes one step of a network as an ONNX model in 32-bit numbers: inputs "input" [1, n], "timespan" [1, 1] and "state" [1, s], outputs
/// "output" [1, m] and "next_state" [1, s]. All are the network's own numbers; how a model scales them stands as JSON in the file's
/// metadata under <see cref="ModelFile.MetadataKey"/>.
/// </summary>
public static class OnnxExport
{
    /// <summary>The whole file. The same model gives the same bytes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">Its name, for the message.</param>
    /// <exception cref="ModelFormatException">The network has no such form.</exception>
    public static byte[] ToBytes(Model model, string file)
    {
        NetworkArchitecture architecture = model.Architecture;
        if (architecture is LtcArchitecture { OdeUnfolds: > OnnxLtc.MostUnfolds } ltc)
        {
            throw new ModelFormatException(file, "ode_unfolds", $"{ltc.OdeUnfolds}", $"at most {OnnxLtc.MostUnfolds} for ONNX",
                "Each unfold becomes nodes of its own: use fewer, or keep the model as safetensors.");
        }

        OnnxGraph graph = new("step");
        OnnxLayers layers = new(graph, model.Weights, file);
        string input = graph.Input("input", 1, architecture.InputSize);
        string timespan = graph.Input("timespan", 1, 1);
        string state = graph.Input("state", 1, architecture.StateSize);
        (string next, string output) = architecture.Memory == MemoryCoupling.None
            ? Cell(layers, model.Weights, input, timespan, state)
            : Remember(layers, model.Weights, input, timespan, state);
        // Names of their own, also where the output is the state itself.
        graph.Output(graph.Node("output", "Identity", [output]), 1, architecture.OutputSize);
        graph.Output(graph.Node("next_state", "Identity", [next]), 1, architecture.StateSize);
        graph.Metadata(ModelFile.MetadataKey, new ModelDocument(architecture, model.Metadata).Write());
        return graph.ToBytes();
    }

    private static (string State, string Output) Cell(
        OnnxLayers layers, NetworkWeights weights, string input, string timespan, string state) => weights.Architecture switch
        {
            CfcArchitecture dense => OnnxCfc.Dense(layers, dense, input, timespan, state),
            WiredCfcArchitecture wired => OnnxCfc.Wired(layers, weights, wired, input, timespan, state),
            _ => OnnxLtc.Step(layers, LtcParameters<double>.From(weights), input, timespan, state),
        };

    /// <summary>The formulas of <see cref="MixedMemory{T}"/>.</summary>
    private static (string State, string Output) Remember(
        OnnxLayers layers, NetworkWeights weights, string input, string timespan, string state)
    {
        NetworkArchitecture architecture = weights.Architecture;
        int units = architecture.NeuronCount;
        string hidden = layers.Slice(state, 0, units);
        string cell = layers.Slice(state, units, 2 * units);
        string gates = layers.Node("Add", layers.Linear(LstmKeys.InputMap, input, architecture.InputSize, 4 * units),
            layers.Linear(LstmKeys.RecurrentMap, hidden, units, 4 * units));
        string candidate = layers.Node("Tanh", layers.Slice(gates, 0, units));
        string inputGate = layers.Node("Sigmoid", layers.Slice(gates, units, 2 * units));
        string forget = layers.Node("Add", layers.Slice(gates, 2 * units, 3 * units), layers.Scalar(architecture.ForgetGateBias));
        string outputGate = layers.Node("Sigmoid", layers.Slice(gates, 3 * units, 4 * units));
        string newCell = layers.Node("Add", layers.Node("Mul", cell, layers.Node("Sigmoid", forget)),
            layers.Node("Mul", candidate, inputGate));
        string memory = layers.Node("Mul", layers.Node("Tanh", newCell), outputGate);
        (string next, string output) = architecture.Memory == MemoryCoupling.State
            ? Cell(layers, weights, input, timespan, memory)
            : Cell(layers, weights, memory, timespan, hidden);
        return (layers.Concat(next, newCell), output);
    }
}
