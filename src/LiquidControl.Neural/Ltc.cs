using System.Numerics;

namespace LiquidControl.Neural;

/// <summary>
/// A liquid time-constant network (Hasani et al. 2021, arXiv 2006.04439) with the fused semi-implicit Euler solver, as the reference library
/// (ncps 1.0.1, torch) computes it: the network whose closed form the CfC is.
/// </summary>
/// <remarks>
/// cm dx_j/dt = gleak (vleak - x_j) + Σ_i w_ij σ(sigma_ij (x_i - mu_ij)) (erev_ij - x_j), summed over the synapses from mapped inputs and
/// from neurons. One step of dt is OdeUnfolds times, with c = cm / (dt / OdeUnfolds) and R_ij = w_ij σ(…) at the old states:
/// <code>x_j ← (c x_j + gleak vleak + Σ R_ij erev_ij) / (c + gleak + Σ R_ij + epsilon)</code>
/// The output is the mapped state of the first neurons, the motor neurons.
/// </remarks>
public sealed class Ltc<T> : Network<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly LtcParameters<T> _parameters;
    private readonly T _epsilon;
    private readonly int _unfolds;
    private readonly T _timespanOffset;

    internal Ltc(NetworkWeights weights, LtcArchitecture architecture)
        : base(architecture, architecture.CellInputSize + 4 * architecture.NeuronCount)
    {
        _parameters = LtcParameters<T>.From(weights);
        _epsilon = T.CreateTruncating(architecture.Epsilon);
        _unfolds = architecture.OdeUnfolds;
        _timespanOffset = T.CreateTruncating(architecture.TimespanOffset);
    }

    internal override void Advance(
        ReadOnlySpan<T> input, T timespan, ReadOnlySpan<T> state, Span<T> newState, Span<T> newOutput, Span<T> work)
    {
        LtcParameters<T> p = _parameters;
        int units = state.Length;
        Span<T> mapped = work[..input.Length];
        Span<T> capacitance = work.Slice(input.Length, units);
        Span<T> current = work.Slice(input.Length + units, units);
        Span<T> conductance = work.Slice(input.Length + 2 * units, units);
        Span<T> old = work.Slice(input.Length + 3 * units, units);

        // What does not change from one unfold to the next.
        T step = (timespan + _timespanOffset) / T.CreateTruncating(_unfolds);
        for (int i = 0; i < mapped.Length; i++) mapped[i] = input[i] * p.InputWeight[i] + p.InputBias[i];
        for (int j = 0; j < units; j++)
        {
            p.Sensory.Sum(j, mapped, out T sensoryCurrent, out T sensoryConductance);
            capacitance[j] = p.Capacitance[j] / step;
            current[j] = p.LeakConductance[j] * p.LeakPotential[j] + sensoryCurrent;
            conductance[j] = capacitance[j] + p.LeakConductance[j] + sensoryConductance + _epsilon;
        }

        state.CopyTo(newState);
        for (int unfold = 0; unfold < _unfolds; unfold++)
        {
            newState.CopyTo(old);
            for (int j = 0; j < units; j++)
            {
                p.Recurrent.Sum(j, old, out T synapseCurrent, out T synapseConductance);
                newState[j] = (capacitance[j] * old[j] + current[j] + synapseCurrent) / (conductance[j] + synapseConductance);
            }
        }

        for (int k = 0; k < newOutput.Length; k++) newOutput[k] = newState[k] * p.OutputWeight[k] + p.OutputBias[k];
    }

    internal override void Inspect(
        ReadOnlySpan<T> input, T timespan, ReadOnlySpan<T> state, ReadOnlySpan<T> newState, NetworkProbe<T> probe) =>
        _parameters.Inspect(input, newState, probe);
}
