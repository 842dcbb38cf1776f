using System.Numerics;
using LiquidControl.Numerics;

namespace LiquidControl.Neural.Ode;

/// <summary>
/// An LTC network compiled to closed form, synapse by synapse: a step of any length evaluates each synapse once, and time stands in the
/// formula, so <see cref="Network{T}.StateAt"/> answers for any time after the sample. Weights are those of the ODE network; nothing is
/// trained.
/// </summary>
/// <remarks>
/// With f = σ(sigma (x_pre - mu)) of a synapse, A its reversal potential, R = w f, and x0 the state at the last sample:
/// <code>
/// Published:    x(t) = Σ [ (x0 - A) e^(-t (gleak / cm + f)) (1 - f) + A ]
/// Conductance:  x(t) = x∞ + (x0 - x∞) e^(-t g / cm),  g = gleak + Σ R,  x∞ = (gleak vleak + Σ R A) / g
/// </code>
/// Published is Algorithm 1 of Hasani et al. 2022 (Nature Machine Intelligence 4, 992-1003), where 1 - f is its f(-I). It has no place
/// for w and cm, sums the reversal potentials instead of weighing them, and so does not follow the network: started at its own states it
/// runs away. Conductance is exact where presynaptic activity stands still. For activity that moves it goes through the neurons as the
/// signal does, from the inputs on: a neuron closer to the inputs has been stepped already and counts with the mean of its two states,
/// every other with the old. A layered wiring is then of second order in the timespan; a synapse within a layer, or back, stays of first.
/// </remarks>
public sealed class LtcClosedForm<T> : Network<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly LtcParameters<T> _parameters;
    private readonly int[][] _layers;
    private readonly T _timespanOffset;

    private LtcClosedForm(NetworkWeights weights, LtcArchitecture architecture, LtcClosedFormKind kind)
        : base(architecture, architecture.CellInputSize + architecture.NeuronCount)
    {
        Kind = kind;
        _parameters = LtcParameters<T>.From(weights);
        _layers = kind == LtcClosedFormKind.Conductance
            ? SignalOrder.Of(_parameters)
            : [[.. Enumerable.Range(0, architecture.NeuronCount)]];
        _timespanOffset = T.CreateTruncating(architecture.TimespanOffset);
    }

    public LtcClosedFormKind Kind { get; }

    /// <summary>Synapses a step evaluates: each once.</summary>
    public int SynapseCount => _parameters.Sensory.Count + _parameters.Recurrent.Count;

    /// <summary>The closed form of an LTC network; what becomes of a step is told as of any other network.</summary>
    /// <exception cref="ArgumentException">The network is no LTC, or has an LSTM beside its neurons.</exception>
    public static LtcClosedForm<T> Compile(NetworkWeights weights, LtcClosedFormKind kind)
    {
        if (weights.Architecture is LtcArchitecture { Memory: MemoryCoupling.None } architecture)
            return new LtcClosedForm<T>(weights, architecture, kind);
        throw new ArgumentException("An LTC network without mixed memory is needed.", nameof(weights));
    }

    internal override void Advance(
        ReadOnlySpan<T> input, T timespan, ReadOnlySpan<T> state, Span<T> newState, Span<T> newOutput, Span<T> work)
    {
        Span<T> mapped = work[..input.Length];
        Span<T> presynaptic = work.Slice(input.Length, state.Length);
        Map(input, mapped);
        state.CopyTo(presynaptic);
        T half = T.CreateTruncating(0.5);
        foreach (int[] layer in _layers)
        {
            foreach (int j in layer) newState[j] = Neuron(j, mapped, presynaptic, state[j], timespan + _timespanOffset);
            foreach (int j in layer) presynaptic[j] = half * (state[j] + newState[j]);
        }

        LtcParameters<T> p = _parameters;
        for (int k = 0; k < newOutput.Length; k++) newOutput[k] = newState[k] * p.OutputWeight[k] + p.OutputBias[k];
    }

    internal override void Inspect(
        ReadOnlySpan<T> input, T timespan, ReadOnlySpan<T> state, ReadOnlySpan<T> newState, NetworkProbe<T> probe) =>
        _parameters.Inspect(input, newState, probe);

    /// <summary>The new states from presynaptic activity that somebody recorded, as the published algorithm takes it.</summary>
    /// <param name="input">Length <see cref="Network{T}.InputSize"/>.</param>
    /// <param name="timespan">Time since the last sample.</param>
    /// <param name="state">States at the last sample.</param>
    /// <param name="presynaptic">[neuron], the activity the synapses see.</param>
    /// <param name="newState">Must not overlap the others.</param>
    internal void Follow(ReadOnlySpan<T> input, T timespan, ReadOnlySpan<T> state, ReadOnlySpan<T> presynaptic, Span<T> newState)
    {
        T[] mapped = new T[input.Length];
        Map(input, mapped);
        for (int j = 0; j < newState.Length; j++) newState[j] = Neuron(j, mapped, presynaptic, state[j], timespan + _timespanOffset);
    }

    private void Map(ReadOnlySpan<T> input, Span<T> mapped)
    {
        for (int i = 0; i < input.Length; i++) mapped[i] = input[i] * _parameters.InputWeight[i] + _parameters.InputBias[i];
    }

    private T Neuron(int j, ReadOnlySpan<T> mapped, ReadOnlySpan<T> presynaptic, T start, T time)
    {
        LtcParameters<T> p = _parameters;
        if (Kind == LtcClosedFormKind.Published)
        {
            T rate = p.LeakConductance[j] / p.Capacitance[j];
            return Terms(p.Sensory, j, mapped, start, rate, time) + Terms(p.Recurrent, j, presynaptic, start, rate, time);
        }

        p.Sensory.Sum(j, mapped, out T sensoryCurrent, out T sensoryConductance);
        p.Recurrent.Sum(j, presynaptic, out T current, out T conductance);
        T total = p.LeakConductance[j] + sensoryConductance + conductance;
        // Without any conductance nothing pulls at the neuron.
        if (total == T.Zero) return start;
        T rest = (p.LeakConductance[j] * p.LeakPotential[j] + sensoryCurrent + current) / total;
        return rest + (start - rest) * Elementary.Exp(-(total * time) / p.Capacitance[j]);
    }

    private static T Terms(LtcSynapses<T> synapses, int neuron, ReadOnlySpan<T> sources, T start, T rate, T time)
    {
        T sum = T.Zero;
        for (int k = synapses.First[neuron]; k < synapses.First[neuron + 1]; k++)
        {
            T f = synapses.Activation(k, sources);
            sum += (start - synapses.Reversal[k]) * Elementary.Exp(-(time * (rate + f))) * (T.One - f) + synapses.Reversal[k];
        }

        return sum;
    }
}
