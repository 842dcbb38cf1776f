using System.Numerics;
using LiquidControl.Numerics;

namespace LiquidControl.Neural.Ode;

/// <summary>
/// The 5(4) pair of Dormand and Prince (1980): adaptive steps, the error of each estimated from the embedded fourth-order solution, its
/// last slope the first of the next step. Six derivatives a step.
/// </summary>
/// <remarks>A step is kept if the root mean square of error_i / (absolute + relative max(|x_i|, |x_i new|)) is at most 1.</remarks>
public sealed class DormandPrince<T> : OdeSolver<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private const int MostOverflowsInARow = 20;

    private readonly double _absolute;
    private readonly double _relative;
    private readonly int _mostSteps;
    private readonly T[][] _slopes = new T[7][];
    private readonly T[] _probe;

    /// <param name="equation">What is integrated.</param>
    /// <param name="relative">Error allowed in a step as a part of the state, above zero.</param>
    /// <param name="absolute">Error allowed in a step besides, above zero.</param>
    /// <param name="mostSteps">Steps tried in one duration before it gives up.</param>
    public DormandPrince(IOdeRightHandSide<T> equation, double relative, double absolute, int mostSteps = 100_000)
        : base(equation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(relative);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(absolute);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mostSteps);
        _relative = relative;
        _absolute = absolute;
        _mostSteps = mostSteps;
        for (int stage = 0; stage < _slopes.Length; stage++) _slopes[stage] = new T[equation.Size];
        _probe = new T[equation.Size];
    }

    private protected override OdeResult Integrate(T duration, Span<T> state)
    {
        Equation.Derivative(state, _slopes[0]);
        if (!AllFinite(_slopes[0])) return OdeResult.ResultNotFinite;

        T time = T.Zero;
        double length = FirstLength(state, double.CreateTruncating(duration));
        StepControl control = new();
        int overflows = 0;
        for (int step = 0; step < _mostSteps; step++)
        {
            T h = T.CreateTruncating(length);
            bool isLast = time + h * T.CreateTruncating(1.01) >= duration;
            if (isLast) h = duration - time;
            Stages(state, h);
            double error = Error(state, h);
            overflows = double.IsFinite(error) ? 0 : overflows + 1;
            if (overflows == MostOverflowsInARow) return OdeResult.ResultNotFinite;
            length = control.Growth(error) * double.CreateTruncating(h);
            if (!(error <= 1.0)) continue;
            _probe.CopyTo(state);
            if (isLast) return OdeResult.Ok;
            time += h;
            (_slopes[0], _slopes[6]) = (_slopes[6], _slopes[0]);
        }

        return OdeResult.TooManySteps;
    }

    /// <summary>The slopes behind the first, and the new state in the probe.</summary>
    private void Stages(ReadOnlySpan<T> state, T h)
    {
        for (int stage = 1; stage < 7; stage++)
        {
            ReadOnlySpan<T> weights = DormandPrinceTableau<T>.Stage(stage);
            for (int i = 0; i < state.Length; i++)
            {
                T sum = T.Zero;
                for (int k = 0; k < stage; k++) sum += weights[k] * _slopes[k][i];
                _probe[i] = state[i] + h * sum;
            }

            Equation.Derivative(_probe, _slopes[stage]);
        }
    }

    private double Error(ReadOnlySpan<T> state, T h)
    {
        ReadOnlySpan<T> weights = DormandPrinceTableau<T>.Error;
        double sum = 0.0;
        for (int i = 0; i < state.Length; i++)
        {
            T error = T.Zero;
            for (int k = 0; k < 7; k++) error += weights[k] * _slopes[k][i];
            double scaled = double.CreateTruncating(h * error) / Allowed(Math.Max(Size(state[i]), Size(_probe[i])));
            sum += scaled * scaled;
        }

        return Math.Sqrt(sum / state.Length);
    }

    /// <summary>A first step whose error is about the tolerance, from the size of the state and of its first two derivatives.</summary>
    private double FirstLength(ReadOnlySpan<T> state, double duration)
    {
        double stateNorm = Norm(state, state);
        double slopeNorm = Norm(_slopes[0], state);
        double guess = stateNorm < 1e-5 || slopeNorm < 1e-5 ? 1e-6 : 0.01 * stateNorm / slopeNorm;
        guess = Math.Min(guess, duration);
        T h = T.CreateTruncating(guess);
        for (int i = 0; i < state.Length; i++) _probe[i] = state[i] + h * _slopes[0][i];
        Equation.Derivative(_probe, _slopes[1]);
        for (int i = 0; i < state.Length; i++) _slopes[1][i] -= _slopes[0][i];
        double curvature = Norm(_slopes[1], state) / guess;
        double largest = Math.Max(slopeNorm, curvature);
        double second = largest <= 1e-15 ? Math.Max(1e-6, 1e-3 * guess) : Power(0.01 / largest, 0.2);
        return double.IsFinite(second) ? Math.Min(Math.Min(100.0 * guess, second), duration) : guess;
    }

    private double Norm(ReadOnlySpan<T> values, ReadOnlySpan<T> state)
    {
        double sum = 0.0;
        for (int i = 0; i < values.Length; i++)
        {
            double scaled = double.CreateTruncating(values[i]) / Allowed(Size(state[i]));
            sum += scaled * scaled;
        }

        return Math.Sqrt(sum / values.Length);
    }

    private double Allowed(double size) => _absolute + _relative * size;

    private static double Size(T value) => Math.Abs(double.CreateTruncating(value));

    private static double Power(double value, double exponent) => Elementary.Exp(exponent * Elementary.Log(Math.Max(value, 1e-300)));
}
