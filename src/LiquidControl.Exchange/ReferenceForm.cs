using System.Collections.Immutable;
using LiquidControl.Neural;
using LiquidControl.Neural.Wirings;

namespace LiquidControl.Exchange;

/// <summary>Turns what other programs compute differently, but could compute with other weights, into those weights.</summary>
internal static class ReferenceForm
{
    /// <summary>σ(-t_a dt + t_b) is the reference's gate with the opposite t_a.</summary>
    public static void NegateGates(NetworkWeights weights)
    {
        string timeHead = CfcKeys.TimeA[CfcKeys.TimeA.LastIndexOf('.')..];
        foreach (TensorSpec tensor in weights.Tensors)
        {
            if (!tensor.Key.EndsWith(timeHead + CfcKeys.Weight, StringComparison.Ordinal)
                && !tensor.Key.EndsWith(timeHead + CfcKeys.Bias, StringComparison.Ordinal))
            {
                continue;
            }

            foreach (ref double value in weights[tensor.Key]) value = -value;
        }
    }

    /// <summary>A head multiplied by the synapses' polarity is the reference's with the signs in its weights.</summary>
    public static void FoldPolarity(NetworkWeights weights)
    {
        if (weights.Architecture is not WiredCfcArchitecture architecture) return;
        Wiring wiring = architecture.Wiring.Build(architecture.CellInputSize);
        for (int layer = 0; layer < wiring.Layers.Length; layer++)
        {
            foreach (string head in (string[])[CfcKeys.Head1, CfcKeys.Head2])
            {
                string key = CfcKeys.OfLayer(layer, head) + CfcKeys.Weight;
                if (weights.Has(key)) FoldPolarity(weights[key], wiring, layer);
            }
        }
    }

    private static void FoldPolarity(Span<double> weight, Wiring wiring, int layer)
    {
        ImmutableArray<int> neurons = wiring.Layers[layer];
        int inputs = layer == 0 ? wiring.InputSize : wiring.Layers[layer - 1].Length;
        int width = inputs + neurons.Length;
        for (int row = 0; row < neurons.Length; row++)
        {
            for (int i = 0; i < inputs; i++)
            {
                int polarity = layer == 0
                    ? wiring.SensorySynapse(i, neurons[row])
                    : wiring.Synapse(wiring.Layers[layer - 1][i], neurons[row]);
                if (polarity < 0) weight[row * width + i] = -weight[row * width + i];
            }
        }
    }
}
