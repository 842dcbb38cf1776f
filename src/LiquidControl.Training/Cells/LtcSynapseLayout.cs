using LiquidControl.Neural;

namespace LiquidControl.Training.Cells;

/// <summary>
/// The synapses of an LTC from one kind of source, those only that exist, grouped by destination: those of neuron j are
/// [First[j], First[j + 1]). Tensors are [source, destination]; <see cref="Place"/> is a synapse's place in each.
/// </summary>
internal sealed class LtcSynapseLayout
{
    /// <param name="list">Where to lay out the tensors.</param>
    /// <param name="keys">Their names.</param>
    /// <param name="neurons">Destinations.</param>
    /// <param name="mask">Which synapses there are, [source, destination].</param>
    /// <param name="polarity">Where the reversal potentials start, [source, destination].</param>
    /// <param name="bounded">Whether the weights are kept from falling below zero.</param>
    public LtcSynapseLayout(ParameterList list, LtcSynapseKeys keys, int neurons, bool[] mask, ReadOnlySpan<sbyte> polarity, bool bounded)
    {
        int sources = mask.Length / neurons;
        double[] reversal = new double[polarity.Length];
        for (int i = 0; i < reversal.Length; i++)
            reversal[i] = polarity[i];
        Slope = list.AddMatrix(keys.Slope, sources, neurons, ParameterStart.Between(3.0, 8.0), mask: mask);
        Midpoint = list.AddMatrix(keys.Midpoint, sources, neurons, ParameterStart.Between(0.3, 0.8), mask: mask);
        Weight = list.AddMatrix(keys.Weight, sources, neurons, ParameterStart.Between(0.001, 1.0), mask: mask, notNegative: bounded);
        Reversal = list.AddMatrix(keys.ReversalPotential, sources, neurons, ParameterStart.Given(reversal), mask: mask);
        First = new int[neurons + 1];
        List<int> source = [], place = [];
        for (int j = 0; j < neurons; j++)
        {
            for (int i = 0; i < sources; i++)
            {
                if (!mask[(i * neurons) + j])
                    continue;
                source.Add(i);
                place.Add((i * neurons) + j);
            }

            First[j + 1] = source.Count;
        }

        Source = [.. source];
        Place = [.. place];
    }

    /// <summary>[neuron + 1].</summary>
    public int[] First { get; }

    /// <summary>[synapse], the input or neuron it comes from.</summary>
    public int[] Source { get; }

    /// <summary>[synapse].</summary>
    public int[] Place { get; }

    public int Count => Source.Length;

    /// <summary>Offset of sigma.</summary>
    public int Slope { get; }

    /// <summary>Offset of mu.</summary>
    public int Midpoint { get; }

    /// <summary>Offset of w.</summary>
    public int Weight { get; }

    /// <summary>Offset of erev.</summary>
    public int Reversal { get; }
}
