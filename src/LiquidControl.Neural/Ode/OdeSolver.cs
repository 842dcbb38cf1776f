using System.Numerics;

namespace LiquidControl.Neural.Ode;

/// <summary>
/// Integrates an equation over a duration. Allocates only when it is made, and never throws on the way. Not thread-safe: it owns its
/// working memory.
/// </summary>
public abstract class OdeSolver<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _state;

    private protected OdeSolver(IOdeRightHandSide<T> equation)
    {
        Equation = equation;
        _state = new T[equation.Size];
    }

    public IOdeRightHandSide<T> Equation { get; }

    /// <summary>Takes the state <paramref name="duration"/> further, which is in the equation's unit of time.</summary>
    /// <param name="duration">Finite and not negative.</param>
    /// <param name="state">The old state in, the new one out; length <see cref="IOdeRightHandSide{T}.Size"/>.</param>
    public OdeResult Advance(T duration, Span<T> state)
    {
        if (state.Length != _state.Length) return OdeResult.StateLengthWrong;
        if (!T.IsFinite(duration)) return OdeResult.DurationNotFinite;
        if (duration < T.Zero) return OdeResult.DurationNegative;
        if (!AllFinite(state)) return OdeResult.StateNotFinite;
        if (duration == T.Zero) return OdeResult.Ok;

        state.CopyTo(_state);
        OdeResult result = Integrate(duration, _state);
        if (result != OdeResult.Ok) return result;
        if (!AllFinite(_state)) return OdeResult.ResultNotFinite;
        _state.CopyTo(state);
        return OdeResult.Ok;
    }

    /// <summary>The integration itself, on arguments that were checked.</summary>
    private protected abstract OdeResult Integrate(T duration, Span<T> state);

    private protected static bool AllFinite(ReadOnlySpan<T> values)
    {
        foreach (T value in values)
        {
            if (!T.IsFinite(value)) return false;
        }

        return true;
    }
}
