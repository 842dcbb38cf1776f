using System.Numerics;

namespace LiquidControl.Neural.Ode;

/// <summary>
/// The differential equation of an LTC network while its input is held; see <see cref="Ltc{T}"/> for the equation and its source. It counts
/// the sigmoids it evaluates, which are what a step costs.
/// </summary>
public sealed class LtcEquation<T> : IOdeRightHandSide<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly LtcParameters<T> _parameters;
    private readonly T[] _mapped;
    private readonly T[] _current;
    private readonly T[] _conductance;

    public LtcEquation(LtcParameters<T> parameters)
    {
        _parameters = parameters;
        _mapped = new T[parameters.InputWeight.Length];
        _current = new T[Size];
        _conductance = new T[Size];
        Hold(new T[_mapped.Length]);
        SynapseEvaluations = 0;
    }

    public int Size => _parameters.Capacitance.Length;

    /// <summary>Synapses evaluated since it was made, the inputs' included.</summary>
    public long SynapseEvaluations { get; private set; }

    /// <summary>Holds an input, before its mapping, from now on: what it does to the neurons is summed once.</summary>
    /// <returns>False, and nothing has changed, if the length is not that of the network's input.</returns>
    public bool Hold(ReadOnlySpan<T> input)
    {
        LtcParameters<T> p = _parameters;
        if (input.Length != _mapped.Length) return false;
        for (int i = 0; i < input.Length; i++) _mapped[i] = input[i] * p.InputWeight[i] + p.InputBias[i];
        for (int j = 0; j < _current.Length; j++)
        {
            p.Sensory.Sum(j, _mapped, out T current, out T conductance);
            _current[j] = p.LeakConductance[j] * p.LeakPotential[j] + current;
            _conductance[j] = p.LeakConductance[j] + conductance;
        }

        SynapseEvaluations += p.Sensory.Count;
        return true;
    }

    public void Derivative(ReadOnlySpan<T> state, Span<T> dxdt)
    {
        LtcParameters<T> p = _parameters;
        for (int j = 0; j < _current.Length; j++)
        {
            p.Recurrent.Sum(j, state, out T current, out T conductance);
            dxdt[j] = (_current[j] + current - (_conductance[j] + conductance) * state[j]) / p.Capacitance[j];
        }

        SynapseEvaluations += p.Recurrent.Count;
    }
}
