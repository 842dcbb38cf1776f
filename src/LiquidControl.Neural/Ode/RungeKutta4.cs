using System.Numerics;

namespace LiquidControl.Neural.Ode;

/// <summary>The classical Runge-Kutta method in equal substeps. Fourth order, four derivatives a substep.</summary>
public sealed class RungeKutta4<T> : OdeSolver<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _slope;
    private readonly T[] _sum;
    private readonly T[] _probe;
    private readonly int _substeps;

    /// <param name="equation">What is integrated.</param>
    /// <param name="substeps">Of one duration, at least 1.</param>
    public RungeKutta4(IOdeRightHandSide<T> equation, int substeps)
        : base(equation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(substeps);
        _substeps = substeps;
        _slope = new T[equation.Size];
        _sum = new T[equation.Size];
        _probe = new T[equation.Size];
    }

    private protected override OdeResult Integrate(T duration, Span<T> state)
    {
        T two = T.CreateTruncating(2);
        T h = duration / T.CreateTruncating(_substeps);
        T half = h / two;
        T sixth = h / T.CreateTruncating(6);
        for (int step = 0; step < _substeps; step++)
        {
            Equation.Derivative(state, _slope);
            _slope.CopyTo(_sum, 0);
            Stage(state, half, two);
            Stage(state, half, two);
            Stage(state, h, T.One);
            for (int i = 0; i < state.Length; i++) state[i] += sixth * _sum[i];
        }

        return OdeResult.Ok;
    }

    /// <summary>The slope a part of the step ahead along the slope before, added to the sum with its weight.</summary>
    private void Stage(ReadOnlySpan<T> state, T ahead, T weight)
    {
        for (int i = 0; i < state.Length; i++) _probe[i] = state[i] + ahead * _slope[i];
        Equation.Derivative(_probe, _slope);
        for (int i = 0; i < state.Length; i++) _sum[i] += weight * _slope[i];
    }
}
