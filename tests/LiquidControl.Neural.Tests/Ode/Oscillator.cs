using System.Numerics;
using LiquidControl.Neural.Ode;

namespace LiquidControl.Neural.Tests.Ode;

/// <summary>A turn in the plane, which grows as its own clock says: x(t) = e^(t²/2) (cos t, sin t) from (1, 0, 0).</summary>
internal sealed class Oscillator<T> : IOdeRightHandSide<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    public int Size => 3;

    public void Derivative(ReadOnlySpan<T> state, Span<T> dxdt)
    {
        dxdt[0] = state[2] * state[0] - state[1];
        dxdt[1] = state[2] * state[1] + state[0];
        dxdt[2] = T.One;
    }

    public static double Error(ReadOnlySpan<double> state)
    {
        double t = state[2], growth = Math.Exp(0.5 * t * t);
        return Math.Max(Math.Abs(state[0] - growth * Math.Cos(t)), Math.Abs(state[1] - growth * Math.Sin(t)));
    }
}
