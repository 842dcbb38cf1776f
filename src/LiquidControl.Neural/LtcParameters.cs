using System.Numerics;

namespace LiquidControl.Neural;

/// <summary>
/// The parameters of an LTC network as its equation uses them: constraints applied, synapses that do not exist left out. See
/// <see cref="Ltc{T}"/> for the equation.
/// </summary>
public sealed class LtcParameters<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private LtcParameters(NetworkWeights weights, LtcArchitecture architecture)
    {
        Architecture = architecture;
        LeakConductance = Constrain(weights[LtcKeys.LeakConductance]);
        LeakPotential = LinearLayer<T>.Round(weights[LtcKeys.LeakPotential]);
        Capacitance = Constrain(weights[LtcKeys.Capacitance]);
        Sensory = ReadSynapses(weights, LtcKeys.Sensory);
        Recurrent = ReadSynapses(weights, LtcKeys.Recurrent);
        InputWeight = Mapping(weights, LtcKeys.InputWeight, architecture.CellInputSize, 1.0);
        InputBias = Mapping(weights, LtcKeys.InputBias, architecture.CellInputSize, 0.0);
        OutputWeight = Mapping(weights, LtcKeys.OutputWeight, architecture.OutputSize, 1.0);
        OutputBias = Mapping(weights, LtcKeys.OutputBias, architecture.OutputSize, 0.0);
    }

    public LtcArchitecture Architecture { get; }

    /// <summary>[neuron], gleak.</summary>
    public T[] LeakConductance { get; }

    /// <summary>[neuron], vleak.</summary>
    public T[] LeakPotential { get; }

    /// <summary>[neuron], cm.</summary>
    public T[] Capacitance { get; }

    /// <summary>From inputs, after their mapping.</summary>
    public LtcSynapses<T> Sensory { get; }

    /// <summary>From neurons.</summary>
    public LtcSynapses<T> Recurrent { get; }

    /// <summary>[input], 1 where there is no mapping.</summary>
    public T[] InputWeight { get; }

    /// <summary>[input], 0 where there is no mapping.</summary>
    public T[] InputBias { get; }

    /// <summary>[output], 1 where there is no mapping; output i reads neuron i.</summary>
    public T[] OutputWeight { get; }

    /// <summary>[output], 0 where there is no mapping.</summary>
    public T[] OutputBias { get; }

    /// <summary>The parameters of a network's neurons; its memory, if it has one, is left aside.</summary>
    /// <exception cref="ArgumentException">The network is no LTC.</exception>
    public static LtcParameters<T> From(NetworkWeights weights) =>
        weights.Architecture.WithoutMemory() is LtcArchitecture architecture
            ? new LtcParameters<T>(weights, architecture)
            : throw new ArgumentException($"An LTC network is needed, not {weights.Architecture.GetType().Name}.", nameof(weights));

    /// <summary>Rate and saturation of each neuron at these states; allocates, for study only.</summary>
    internal void Inspect(ReadOnlySpan<T> input, ReadOnlySpan<T> state, NetworkProbe<T> probe)
    {
        T[] mapped = new T[input.Length];
        for (int i = 0; i < mapped.Length; i++) mapped[i] = input[i] * InputWeight[i] + InputBias[i];
        for (int j = 0; j < state.Length; j++)
        {
            Sensory.Sum(j, mapped, out _, out T sensory);
            Recurrent.Sum(j, state, out _, out T recurrent);
            probe.Rate[j] = (LeakConductance[j] + sensory + recurrent) / Capacitance[j];
            int atEnd = CountAtEnd(Sensory, j, mapped) + CountAtEnd(Recurrent, j, state);
            int synapses = Sensory.First[j + 1] - Sensory.First[j] + Recurrent.First[j + 1] - Recurrent.First[j];
            probe.Saturation[j] = synapses == 0 ? T.Zero : T.CreateTruncating(atEnd) / T.CreateTruncating(synapses);
        }
    }

    /// <summary>The synapses of one neuron that are as good as shut or open.</summary>
    private static int CountAtEnd(LtcSynapses<T> synapses, int neuron, ReadOnlySpan<T> sources)
    {
        int count = 0;
        for (int k = synapses.First[neuron]; k < synapses.First[neuron + 1]; k++)
        {
            if (NetworkProbe<T>.IsAtEnd(synapses.Activation(k, sources))) count++;
        }

        return count;
    }

    private T[] Constrain(ReadOnlySpan<double> stored)
    {
        T[] values = new T[stored.Length];
        for (int i = 0; i < values.Length; i++) values[i] = Constrain(stored[i]);
        return values;
    }

    private T Constrain(double stored) => T.CreateTruncating(Architecture.ImplicitConstraints ? Softplus.At(stored) : stored);

    private LtcSynapses<T> ReadSynapses(NetworkWeights weights, LtcSynapseKeys keys)
    {
        ReadOnlySpan<double> mask = weights[keys.Mask];
        ReadOnlySpan<double> weight = weights[keys.Weight], slope = weights[keys.Slope];
        ReadOnlySpan<double> midpoint = weights[keys.Midpoint], reversal = weights[keys.ReversalPotential];
        int units = Architecture.NeuronCount;
        int sources = mask.Length / units;
        int[] first = new int[units + 1];
        List<int> source = [];
        List<T> w = [], sigma = [], mu = [], erev = [];
        for (int j = 0; j < units; j++)
        {
            for (int i = 0; i < sources; i++)
            {
                int place = i * units + j;
                if (mask[place] == 0.0) continue;
                source.Add(i);
                w.Add(Constrain(weight[place]));
                sigma.Add(T.CreateTruncating(slope[place]));
                mu.Add(T.CreateTruncating(midpoint[place]));
                erev.Add(T.CreateTruncating(reversal[place]));
            }

            first[j + 1] = source.Count;
        }

        return new LtcSynapses<T>(first, [.. source], [.. w], [.. sigma], [.. mu], [.. erev]);
    }

    private static T[] Mapping(NetworkWeights weights, string key, int length, double otherwise)
    {
        if (weights.Has(key)) return LinearLayer<T>.Round(weights[key]);
        T[] values = new T[length];
        Array.Fill(values, T.CreateTruncating(otherwise));
        return values;
    }
}
