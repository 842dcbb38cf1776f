namespace LiquidControl.Control;

/// <summary>
/// What the joints really felt since the last cycle: torques written, delayed by whole cycles and passed through the drive's lag. Torque,
/// residual and friction feed-forward go the same way, so that the estimator can tell what the model expected.
/// </summary>
public sealed class AppliedTorque
{
    private readonly int _delay;
    private readonly double[][] _torques;
    private readonly double[][] _expected;
    private readonly TorqueLag _torqueLag;
    private readonly TorqueLag _expectedLag;
    private int _next;

    public AppliedTorque(int jointCount, double lag, int delayCycles)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delayCycles);
        _delay = delayCycles;
        _torques = NewQueue(delayCycles + 1, jointCount);
        _expected = NewQueue(delayCycles + 1, jointCount);
        _torqueLag = new TorqueLag(jointCount, lag);
        _expectedLag = new TorqueLag(jointCount, lag);
        Torque = new double[jointCount];
        Expected = new double[jointCount];
    }

    /// <summary>Mean delivered torque over the last interval, N·m.</summary>
    public double[] Torque { get; }

    /// <summary>The part of it that the model expects to accelerate the arm: without residual and friction feed-forward, N·m.</summary>
    public double[] Expected { get; }

    public void Reset()
    {
        foreach (double[] slot in _torques)
            Array.Clear(slot);
        foreach (double[] slot in _expected)
            Array.Clear(slot);
        _torqueLag.Reset();
        _expectedLag.Reset();
        _next = 0;
    }

    /// <summary>Notes what was written in this cycle: the achieved torque and what of it was not meant to accelerate the model.</summary>
    public void Written(ReadOnlySpan<double> achieved, ReadOnlySpan<double> residual, ReadOnlySpan<double> friction)
    {
        achieved.CopyTo(_torques[_next]);
        double[] expected = _expected[_next];
        for (int i = 0; i < expected.Length; i++)
            expected[i] = achieved[i] - residual[i] - friction[i];
        _next = _next == _delay ? 0 : _next + 1;
    }

    /// <summary>Works out the interval that has just ended.</summary>
    public void Advance(double dt)
    {
        // Written has moved on to the oldest slot: with no delay that is the only one, else the one written `delay` cycles earlier.
        _torqueLag.Advance(dt, _torques[_next], Torque);
        _expectedLag.Advance(dt, _expected[_next], Expected);
    }

    private static double[][] NewQueue(int length, int jointCount)
    {
        var queue = new double[length][];
        for (int i = 0; i < length; i++)
            queue[i] = new double[jointCount];
        return queue;
    }
}
