using LiquidControl.Neural;

namespace LiquidControl.Exchange;

/// <summary>A CfC's step as nodes of a graph; the formulas are those of <see cref="Cfc{T}"/>.</summary>
internal static class OnnxCfc
{
    public static (string State, string Output) Dense(
        OnnxLayers layers, CfcArchitecture architecture, string input, string timespan, string state)
    {
        string z = layers.Concat(input, state);
        int size = architecture.CellInputSize + architecture.Units;
        for (int layer = 0; layer < architecture.BackboneLayers; layer++)
        {
            string key = CfcKeys.Backbone(layer, architecture.BackboneDropout);
            z = layers.Activate(architecture.Activation, layers.Linear(key, z, size, architecture.BackboneUnits));
            size = architecture.BackboneUnits;
        }

        string next = Cell(layers, key => key, architecture.Mode, architecture.HeadActivation, z, size, architecture.Units, timespan, []);
        return (next, Project(layers, architecture.ProjectionSize, next, architecture.Units));
    }

    public static (string State, string Output) Wired(
        OnnxLayers layers, NetworkWeights weights, WiredCfcArchitecture architecture, string input, string timespan, string state)
    {
        string before = input;
        int start = 0;
        List<string> states = [];
        for (int layer = 0; layer < architecture.Wiring.LayerSizes.Length; layer++)
        {
            int units = architecture.Wiring.LayerSizes[layer];
            int index = layer;
            string z = layers.Concat(before, layers.Slice(state, start, start + units));
            before = Cell(layers, key => CfcKeys.OfLayer(index, key), architecture.Mode, architecture.HeadActivation, z,
                architecture.HeadInputSize(layer), units, timespan, weights[CfcKeys.OfLayer(layer, CfcKeys.Mask)]);
            states.Add(before);
            start += units;
        }

        string output = Project(layers, architecture.ProjectionSize, before, architecture.Wiring.LayerSizes[^1]);
        return (layers.Concat([.. states]), output);
    }

    private static string Cell(
        OnnxLayers layers, Func<string, string> key, CfcMode mode, HeadActivation activation, string z, int inputs, int units,
        string timespan, ReadOnlySpan<double> mask)
    {
        string u = layers.Linear(key(CfcKeys.Head1), z, inputs, units, mask);
        if (mode == CfcMode.Pure)
        {
            string rate = layers.Node("Add", layers.Node("Abs", layers.Row(key(CfcKeys.TimeConstant))), layers.Node("Abs", u));
            string decay = layers.Node("Exp", layers.Node("Neg", layers.Node("Mul", timespan, rate)));
            string amplitude = layers.Row(key(CfcKeys.Amplitude));
            return layers.Node("Sub", amplitude, layers.Node("Mul", layers.Node("Mul", amplitude, decay), u));
        }

        string f1 = layers.Activate(activation, u);
        string f2 = layers.Activate(activation, layers.Linear(key(CfcKeys.Head2), z, inputs, units, mask));
        string timeA = layers.Linear(key(CfcKeys.TimeA), z, inputs, units);
        string timeB = layers.Linear(key(CfcKeys.TimeB), z, inputs, units);
        string gate = layers.Node("Sigmoid", layers.Node("Add", layers.Node("Mul", timeA, timespan), timeB));
        string first = mode == CfcMode.Default ? layers.Node("Mul", f1, layers.Node("Sub", layers.Scalar(1.0), gate)) : f1;
        return layers.Node("Add", first, layers.Node("Mul", gate, f2));
    }

    private static string Project(OnnxLayers layers, int? size, string state, int units) =>
        size is int outputs ? layers.Linear(CfcKeys.Projection, state, units, outputs) : state;
}
