using System.Numerics;

namespace LiquidControl.Neural.Ode;

/// <summary>Explicit Euler in equal substeps: x ← x + h f(x). First order, one derivative a substep.</summary>
public sealed class ExplicitEuler<T> : OdeSolver<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _slope;
    private readonly int _substeps;

    /// <param name="equation">What is integrated.</param>
    /// <param name="substeps">Of one duration, at least 1.</param>
    public ExplicitEuler(IOdeRightHandSide<T> equation, int substeps)
        : base(equation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(substeps);
        _substeps = substeps;
        _slope = new T[equation.Size];
    }

    private protected override OdeResult Integrate(T duration, Span<T> state)
    {
        T h = duration / T.CreateTruncating(_substeps);
        for (int step = 0; step < _substeps; step++)
        {
            Equation.Derivative(state, _slope);
            for (int i = 0; i < state.Length; i++) state[i] += h * _slope[i];
        }

        return OdeResult.Ok;
    }
}
