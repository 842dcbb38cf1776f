using System.Collections.Immutable;
using LiquidControl.Neural.Wirings;

namespace LiquidControl.Neural.Explanation;

/// <summary>Who is wired to whom in a network, read from the masks among its weights. A dense network has no masks and no such graph.</summary>
public sealed record WiringGraph
{
    /// <summary>From the inputs to the motor neurons.</summary>
    public required ImmutableArray<WiringColumn> Columns { get; init; }

    public required ImmutableArray<WiringEdge> Synapses { get; init; }

    /// <summary>
    /// Whether within each column of neurons, besides the synapses, every neuron reads every other and itself, as in a wired CfC;
    /// those are left out of
    /// <see cref="Synapses"/>.
    /// </summary>
    public required bool LayersAreDense { get; init; }

    /// <summary>The graph, or null for a dense network.</summary>
    public static WiringGraph? Of(NetworkWeights weights) => weights.Architecture.WithoutMemory() switch
    {
        WiredCfcArchitecture wired => OfCfc(weights, wired),
        LtcArchitecture ltc => OfLtc(weights, ltc),
        _ => null,
    };

    private static WiringGraph OfCfc(NetworkWeights weights, WiredCfcArchitecture architecture)
    {
        ImmutableArray<WiringColumn> columns = Sensory(architecture.CellInputSize,
            architecture.Wiring.LayerSizes.Length == 1
                ? [new WiringColumn("motor", architecture.NeuronCount)]
                : Layers(architecture.Wiring.LayerSizes));
        List<WiringEdge> synapses = [];
        for (int layer = 0; layer < columns.Length - 1; layer++)
        {
            ReadOnlySpan<double> mask = weights[CfcKeys.OfLayer(layer, CfcKeys.Mask)];
            int sources = columns[layer].Count;
            int width = architecture.HeadInputSize(layer);
            for (int unit = 0; unit < columns[layer + 1].Count; unit++)
            {
                for (int source = 0; source < sources; source++)
                {
                    if (mask[unit * width + source] == 0.0) continue;
                    synapses.Add(new WiringEdge(new(layer, source), new(layer + 1, unit), SynapseKind.Neutral));
                }
            }
        }

        return new WiringGraph { Columns = columns, Synapses = [.. synapses], LayersAreDense = true };
    }

    private static WiringGraph OfLtc(NetworkWeights weights, LtcArchitecture architecture)
    {
        WiringRecipe wiring = architecture.Wiring;
        int hidden = wiring.Units - wiring.OutputSize;
        ImmutableArray<WiringColumn> neurons = wiring.LayerSizes.Length > 1
            ? Layers(wiring.LayerSizes)
            : hidden == 0
                ? [new WiringColumn("motor", wiring.Units)]
                : [new WiringColumn("hidden", hidden), new WiringColumn("motor", wiring.OutputSize)];
        ImmutableArray<WiringColumn> columns = Sensory(architecture.CellInputSize, neurons);
        List<WiringEdge> synapses = [];
        LtcParameters<double> parameters = LtcParameters<double>.From(weights);
        Add(parameters.Sensory, source => new WiringNode(0, source));
        Add(parameters.Recurrent, source => Neuron(columns, source));
        return new WiringGraph { Columns = columns, Synapses = [.. synapses], LayersAreDense = false };

        void Add(LtcSynapses<double> found, Func<int, WiringNode> source)
        {
            for (int neuron = 0; neuron < wiring.Units; neuron++)
            {
                for (int k = found.First[neuron]; k < found.First[neuron + 1]; k++)
                {
                    SynapseKind kind = found.Reversal[k] > 0.0 ? SynapseKind.Excitatory : SynapseKind.Inhibitory;
                    synapses.Add(new WiringEdge(source(found.Source[k]), Neuron(columns, neuron), kind));
                }
            }
        }
    }

    /// <summary>An LTC numbers its neurons from the outputs back: motor, command, inter.</summary>
    private static WiringNode Neuron(ImmutableArray<WiringColumn> columns, int id)
    {
        int column = columns.Length - 1;
        while (id >= columns[column].Count) id -= columns[column--].Count;
        return new WiringNode(column, id);
    }

    private static ImmutableArray<WiringColumn> Layers(ImmutableArray<int> sizes) =>
        [new WiringColumn("inter", sizes[0]), new WiringColumn("command", sizes[1]), new WiringColumn("motor", sizes[2])];

    private static ImmutableArray<WiringColumn> Sensory(int inputs, ImmutableArray<WiringColumn> neurons) =>
        [new WiringColumn("sensory", inputs), .. neurons];
}
