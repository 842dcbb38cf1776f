using System.Numerics;
using System.Runtime.Intrinsics;
using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Benchmarks.Kernel.Ode;

/// <summary>The classical Runge-Kutta method in equal substeps; see <see cref="Neural.Ode.RungeKutta4{T}"/>.</summary>
internal sealed unsafe class PackedRungeKutta4<TNumber, TLanes> : PackedSolver<TNumber, TLanes>
    where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
    where TLanes : struct, ILanes<TNumber>
{
    private readonly AlignedBuffer<TNumber> _slope;
    private readonly AlignedBuffer<TNumber> _sum;
    private readonly int _substeps;

    /// <param name="parameters">Of the network.</param>
    /// <param name="substeps">Of one duration, at least 1.</param>
    public PackedRungeKutta4(LtcParameters<double> parameters, int substeps)
        : base(parameters)
    {
        _substeps = substeps;
        _slope = new AlignedBuffer<TNumber>(Equation.Length);
        _sum = new AlignedBuffer<TNumber>(Equation.Length);
    }

    public override bool Advance(double duration)
    {
        double h = duration / _substeps;
        Vector256<TNumber> whole = Create(h), half = Create(h / 2.0), sixth = Create(h / 6.0);
        for (int step = 0; step < _substeps; step++)
        {
            Equation.Derivative(State, _slope.Pointer, Width);
            First(half);
            Equation.Derivative(Probe, _slope.Pointer, Width);
            Middle(half);
            Equation.Derivative(Probe, _slope.Pointer, Width);
            Middle(whole);
            Equation.Derivative(Probe, _slope.Pointer, Width);
            Last(sixth);
        }

        Evaluations += 4 * _substeps;
        return true;
    }

    private static Vector256<TNumber> Create(double value) => Vector256.Create(TNumber.CreateTruncating(value));

    private void First(Vector256<TNumber> ahead)
    {
        TNumber* state = State, probe = Probe, sums = _sum.Pointer, slopes = _slope.Pointer;
        for (TNumber* end = state + Equation.Length; state < end; state += Width, probe += Width, sums += Width, slopes += Width)
        {
            Vector256<TNumber> slope = Vector256.Load(slopes);
            slope.Store(sums);
            TLanes.MultiplyAdd(ahead, slope, Vector256.Load(state)).Store(probe);
        }
    }

    private void Middle(Vector256<TNumber> ahead)
    {
        TNumber* state = State, probe = Probe, sums = _sum.Pointer, slopes = _slope.Pointer;
        for (TNumber* end = state + Equation.Length; state < end; state += Width, probe += Width, sums += Width, slopes += Width)
        {
            Vector256<TNumber> slope = Vector256.Load(slopes);
            (Vector256.Load(sums) + (slope + slope)).Store(sums);
            TLanes.MultiplyAdd(ahead, slope, Vector256.Load(state)).Store(probe);
        }
    }

    private void Last(Vector256<TNumber> sixth)
    {
        TNumber* state = State, sums = _sum.Pointer, slopes = _slope.Pointer;
        for (TNumber* end = state + Equation.Length; state < end; state += Width, sums += Width, slopes += Width)
            TLanes.MultiplyAdd(sixth, Vector256.Load(sums) + Vector256.Load(slopes), Vector256.Load(state)).Store(state);
    }
}
