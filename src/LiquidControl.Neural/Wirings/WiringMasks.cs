using System.Collections.Immutable;

namespace LiquidControl.Neural.Wirings;

/// <summary>The mask tensors of a network, drawn from its recipe.</summary>
public static class WiringMasks
{
    /// <summary>The wiring a network's neurons have by its recipe; null for a dense one.</summary>
    public static Wiring? Draw(NetworkArchitecture architecture) => architecture switch
    {
        WiredCfcArchitecture wired => wired.Wiring.Build(wired.CellInputSize),
        LtcArchitecture ltc => ltc.Wiring.Build(ltc.CellInputSize),
        _ => null,
    };

    /// <summary>Each mask of the architecture under its state_dict key, with 0 and 1, row-major; none for a dense network.</summary>
    /// <exception cref="ModelFormatException">The recipe is not valid.</exception>
    public static ImmutableArray<KeyValuePair<string, double[]>> Of(NetworkArchitecture architecture)
    {
        if (Draw(architecture) is not Wiring wiring) return [];
        return architecture is LtcArchitecture
            ?
            [
                KeyValuePair.Create(LtcKeys.Recurrent.Mask, Presence(wiring.Synapses)),
                KeyValuePair.Create(LtcKeys.Sensory.Mask, Presence(wiring.SensorySynapses)),
            ]
            :
            [
                .. Enumerable.Range(0, wiring.Layers.Length)
                    .Select(layer => KeyValuePair.Create(CfcKeys.OfLayer(layer, CfcKeys.Mask), wiring.CfcMask(layer))),
            ];
    }

    private static double[] Presence(ReadOnlySpan<sbyte> synapses)
    {
        double[] mask = new double[synapses.Length];
        for (int i = 0; i < mask.Length; i++) mask[i] = synapses[i] == 0 ? 0.0 : 1.0;
        return mask;
    }
}
