using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>A first-order lag driven by a piecewise-constant input, solved exactly over each interval; one state a joint.</summary>
public sealed class TorqueLag(int jointCount, double timeConstant)
{
    private readonly double[] _value = new double[jointCount];

    public void Reset() => Array.Clear(_value);

    /// <summary>Moves on by dt under <paramref name="input"/>; <paramref name="mean"/> gets the output's mean over the interval.</summary>
    public void Advance(double dt, ReadOnlySpan<double> input, Span<double> mean)
    {
        double decay = timeConstant > 0 ? Elementary.Exp(-dt / timeConstant) : 0.0;
        double meanWeight = timeConstant > 0 ? timeConstant / dt * (1.0 - decay) : 0.0;
        for (int i = 0; i < _value.Length; i++)
        {
            double gap = _value[i] - input[i];
            mean[i] = input[i] + gap * meanWeight;
            _value[i] = input[i] + gap * decay;
        }
    }
}
