using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// A signal as late as the extended-state observer sees a disturbance: a triple pole at its bandwidth, (w / (s + w))³. One state of three
/// stages a joint.
/// </summary>
public sealed class ObserverLag(int jointCount, double bandwidth)
{
    private readonly double[] _first = new double[jointCount];
    private readonly double[] _second = new double[jointCount];

    public double[] Output { get; } = new double[jointCount];

    public void Reset()
    {
        Array.Clear(_first);
        Array.Clear(_second);
        Array.Clear(Output);
    }

    public void Advance(double dt, ReadOnlySpan<double> input)
    {
        double share = 1.0 - Elementary.Exp(-bandwidth * dt);
        for (int i = 0; i < _first.Length; i++)
        {
            _first[i] += share * (input[i] - _first[i]);
            _second[i] += share * (_first[i] - _second[i]);
            Output[i] += share * (_second[i] - Output[i]);
        }
    }
}
