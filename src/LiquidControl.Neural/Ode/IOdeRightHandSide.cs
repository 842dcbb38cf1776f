using System.Numerics;

namespace LiquidControl.Neural.Ode;

/// <summary>The right-hand side of an autonomous ordinary differential equation dx/dt = f(x); what depends on time carries it as a
/// state.</summary>
public interface IOdeRightHandSide<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Length of the state.</summary>
    int Size { get; }

    /// <summary>Writes f(<paramref name="state"/>); both have length <see cref="Size"/> and do not overlap. Allocates nothing; never
    /// throws.</summary>
    void Derivative(ReadOnlySpan<T> state, Span<T> dxdt);
}
