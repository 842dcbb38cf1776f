namespace LiquidControl.Control;

/// <summary>
/// Finds an encoder that keeps giving the same count while its joint is told to move. The observer would believe it, and the law would
/// push ever harder at a joint that seems to stand. One that froze in a fast move the estimator has rejected before.
/// </summary>
public sealed class FrozenEncoderWatch(int jointCount)
{
    /// <summary>
    /// A reference that travels this far without a single count, rad: more than stiction holds a moving joint back under the weakest law.
    /// </summary>
    private const double Travel = 0.05;

    private readonly int[] _counts = new int[jointCount];
    private readonly double[] _travelled = new double[jointCount];

    public void Reset() => Array.Clear(_travelled);

    /// <summary>An encoder that is not believed anyhow is not frozen besides.</summary>
    public void Forget(int joint) => _travelled[joint] = 0.0;

    /// <summary>True when an encoder is frozen, or its joint jammed.</summary>
    public bool Check(SensorFrame frame, JointReference reference, double dt)
    {
        bool frozen = false;
        for (int i = 0; i < _counts.Length; i++)
        {
            _travelled[i] += Math.Abs(reference.Velocity[i]) * dt;
            if (frame.EncoderStatus[i] != ChannelStatus.Fresh)
                continue;
            if (frame.EncoderCounts[i] != _counts[i])
                _travelled[i] = 0.0;
            _counts[i] = frame.EncoderCounts[i];
            frozen |= _travelled[i] > Travel;
        }

        return frozen;
    }
}
