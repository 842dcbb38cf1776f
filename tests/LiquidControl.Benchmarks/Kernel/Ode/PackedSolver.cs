using System.Numerics;
using System.Runtime.Intrinsics;
using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Benchmarks.Kernel.Ode;

/// <summary>
/// Integrates the equation of an LTC network in vectors, its state its own. Allocates only when it is made. Not thread-safe.
/// </summary>
internal abstract unsafe class PackedSolver<TNumber, TLanes>
    where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
    where TLanes : struct, ILanes<TNumber>
{
    private readonly AlignedBuffer<TNumber> _state;

    private protected PackedSolver(LtcParameters<double> parameters)
    {
        Equation = new PackedEquation<TNumber, TLanes>(parameters);
        _state = new AlignedBuffer<TNumber>(2 * Equation.Length);
        State = _state.Pointer;
        Probe = State + Equation.Length;
    }

    public PackedEquation<TNumber, TLanes> Equation { get; }

    /// <summary>Derivatives computed since it was made.</summary>
    public long Evaluations { get; private protected set; }

    protected static int Width => Vector256<TNumber>.Count;

    protected TNumber* State { get; private set; }

    /// <summary>States on the way to a new one.</summary>
    protected TNumber* Probe { get; private set; }

    /// <summary>Takes the state further.</summary>
    /// <returns>False if the solver gave up; the state is then somewhere on the way.</returns>
    public abstract bool Advance(double duration);

    /// <summary>Copies the state in the order of the neurons.</summary>
    public void Read(Span<double> state)
    {
        for (int neuron = 0; neuron < state.Length; neuron++) state[neuron] = double.CreateTruncating(State[Equation.Places[neuron]]);
    }

    /// <summary>Puts the state to zero.</summary>
    public void Reset() => _state.Span.Clear();

    /// <summary>Makes the probe the state.</summary>
    private protected void TakeProbe()
    {
        TNumber* old = State;
        State = Probe;
        Probe = old;
    }
}
