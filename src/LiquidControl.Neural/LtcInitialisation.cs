using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;

namespace LiquidControl.Neural;

/// <summary>
/// An LTC network nobody has trained yet: masks and polarities as its recipe draws them, everything else uniform in the ranges from which
/// the reference library (ncps 1.0.1, torch/ltc_cell.py) starts, though not its very numbers; the mappings are the identity.
/// </summary>
public static class LtcInitialisation
{
    /// <exception cref="ModelFormatException">The architecture is not valid.</exception>
    public static NetworkWeights Draw(LtcArchitecture architecture, RandomStream random)
    {
        NetworkWeights weights = new(architecture);
        Wiring wiring = architecture.Wiring.Build(architecture.CellInputSize);
        Fill(LtcKeys.LeakConductance, 0.001, 1.0);
        Fill(LtcKeys.LeakPotential, -0.2, 0.2);
        Fill(LtcKeys.Capacitance, 0.4, 0.6);
        DrawSynapses(LtcKeys.Recurrent, wiring.Synapses);
        DrawSynapses(LtcKeys.Sensory, wiring.SensorySynapses);
        foreach (string key in (string[])[LtcKeys.InputWeight, LtcKeys.OutputWeight])
        {
            if (weights.Has(key)) weights[key].Fill(1.0);
        }

        return weights;

        void DrawSynapses(LtcSynapseKeys keys, ReadOnlySpan<sbyte> polarity)
        {
            Fill(keys.Weight, 0.001, 1.0);
            Fill(keys.Slope, 3.0, 8.0);
            Fill(keys.Midpoint, 0.3, 0.8);
            Span<double> reversal = weights[keys.ReversalPotential], mask = weights[keys.Mask];
            for (int i = 0; i < polarity.Length; i++)
            {
                reversal[i] = polarity[i];
                mask[i] = Math.Abs((int)polarity[i]);
            }
        }

        void Fill(string key, double low, double high)
        {
            foreach (ref double value in weights[key]) value = random.Uniform(low, high);
        }
    }
}
