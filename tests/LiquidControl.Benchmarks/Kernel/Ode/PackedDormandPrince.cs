using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;
using LiquidControl.Neural.Ode;

namespace LiquidControl.Benchmarks.Kernel.Ode;

/// <summary>
/// The adaptive pair of Dormand and Prince; see <see cref="DormandPrince{T}"/>, whose control of steps and whose coefficients it shares. It
/// tries first the length that the controller chose after the first step of the duration before.
/// </summary>
internal sealed unsafe class PackedDormandPrince<TNumber, TLanes> : PackedSolver<TNumber, TLanes>
    where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
    where TLanes : struct, ILanes<TNumber>
{
    private const int Slopes = 7;
    private const int MostSteps = 100_000;

    // [block][slope][lane].
    private readonly AlignedBuffer<TNumber> _slopes;

    // [stage][slope], the error's behind the last stage's.
    private readonly AlignedBuffer<TNumber> _weights = new((Slopes + 1) * Slopes);
    private readonly double _tolerance;
    private double _firstLength = double.PositiveInfinity;

    /// <param name="parameters">Of the network.</param>
    /// <param name="tolerance">Error allowed in a step, as a part of the state and besides.</param>
    public PackedDormandPrince(LtcParameters<double> parameters, double tolerance)
        : base(parameters)
    {
        _tolerance = tolerance;
        _slopes = new AlignedBuffer<TNumber>(Slopes * Equation.Length);
        for (int stage = 1; stage < Slopes; stage++) DormandPrinceTableau<TNumber>.Stage(stage).CopyTo(_weights.Span[(stage * Slopes)..]);
        DormandPrinceTableau<TNumber>.Error.CopyTo(_weights.Span[(Slopes * Slopes)..]);
    }

    public override bool Advance(double duration)
    {
        Slope(State, 0);
        StepControl control = new();
        double time = 0.0, length = _firstLength;
        for (int step = 0; step < MostSteps; step++)
        {
            bool isLast = time + 1.01 * length >= duration;
            double h = isLast ? duration - time : length;
            Vector256<TNumber> ahead = Vector256.Create(TNumber.CreateTruncating(h));
            Stage(1, ahead);
            Stage(2, ahead);
            Stage(3, ahead);
            Stage(4, ahead);
            Stage(5, ahead);
            Stage(6, ahead);
            double error = Error(ahead);
            length = h * control.Growth(error);
            if (!(error <= 1.0)) continue;
            if (time == 0.0) _firstLength = length;
            TakeProbe();
            if (isLast) return true;
            time += h;
            KeepLastSlope();
        }

        return false;
    }

    /// <summary>Σ w_k slope_k over so many slopes, of which the second counts neither in the solution nor in the error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<TNumber> Weighted(TNumber* weights, TNumber* slopes, [ConstantExpected] int count)
    {
        Vector256<TNumber> sum = Vector256.Create(weights[0]) * Vector256.Load(slopes);
        if (count is > 1 and < 6) sum = TLanes.MultiplyAdd(Vector256.Create(weights[1]), Vector256.Load(slopes + Width), sum);
        if (count > 2) sum = TLanes.MultiplyAdd(Vector256.Create(weights[2]), Vector256.Load(slopes + 2 * Width), sum);
        if (count > 3) sum = TLanes.MultiplyAdd(Vector256.Create(weights[3]), Vector256.Load(slopes + 3 * Width), sum);
        if (count > 4) sum = TLanes.MultiplyAdd(Vector256.Create(weights[4]), Vector256.Load(slopes + 4 * Width), sum);
        if (count > 5) sum = TLanes.MultiplyAdd(Vector256.Create(weights[5]), Vector256.Load(slopes + 5 * Width), sum);
        if (count > 6) sum = TLanes.MultiplyAdd(Vector256.Create(weights[6]), Vector256.Load(slopes + 6 * Width), sum);
        return sum;
    }

    /// <summary>The state a stage ahead, in the probe, and the slope there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Stage([ConstantExpected] int stage, Vector256<TNumber> ahead)
    {
        TNumber* slopes = _slopes.Pointer, weights = _weights.Pointer + stage * Slopes, state = State, probe = Probe;
        for (TNumber* end = state + Equation.Length; state < end; state += Width, probe += Width, slopes += Slopes * Width)
            TLanes.MultiplyAdd(ahead, Weighted(weights, slopes, stage), Vector256.Load(state)).Store(probe);

        Slope(Probe, stage);
    }

    private void Slope(TNumber* state, int stage)
    {
        Equation.Derivative(state, _slopes.Pointer + stage * Width, Slopes * Width);
        Evaluations++;
    }

    /// <summary>Root mean square of the estimated errors, as parts of those allowed.</summary>
    private double Error(Vector256<TNumber> ahead)
    {
        Vector256<TNumber> allowed = Vector256.Create(TNumber.CreateTruncating(_tolerance)), sum = Vector256<TNumber>.Zero;
        TNumber* slopes = _slopes.Pointer, weights = _weights.Pointer + Slopes * Slopes, state = State, probe = Probe;
        for (TNumber* end = state + Equation.Length; state < end; state += Width, probe += Width, slopes += Slopes * Width)
        {
            Vector256<TNumber> size = Vector256.MaxNative(Vector256.Abs(Vector256.Load(state)), Vector256.Abs(Vector256.Load(probe)));
            Vector256<TNumber> scaled = ahead * Weighted(weights, slopes, Slopes) / TLanes.MultiplyAdd(allowed, size, allowed);
            sum = TLanes.MultiplyAdd(scaled, scaled, sum);
        }

        return Math.Sqrt(double.CreateTruncating(Vector256.Sum(sum)) / Equation.Size);
    }

    /// <summary>The last slope of a step is the first of the next.</summary>
    private void KeepLastSlope()
    {
        TNumber* end = _slopes.Pointer + Slopes * Equation.Length;
        for (TNumber* slopes = _slopes.Pointer; slopes < end; slopes += Slopes * Width) Vector256.Load(slopes + 6 * Width).Store(slopes);
    }
}
