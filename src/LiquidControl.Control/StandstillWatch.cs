namespace LiquidControl.Control;

/// <summary>
/// Finds a joint that seems to stand while it is told to move. Where its encoder does not even tremble, it is the encoder that is frozen: the
/// observer would believe it, and the law would push ever harder. Else the joint is jammed. An encoder that froze in a fast move the estimator
/// has rejected before.
/// </summary>
public sealed class StandstillWatch
{
    /// <summary>A reference that travels this far meanwhile, rad: more than stiction holds a moving joint back under the weakest law.</summary>
    private const double Travel = 0.05;

    /// <summary>A joint that stands may tremble by this, rad: noise, the last count.</summary>
    private const double Tremble = 0.0012;

    /// <summary>Further from any count than the band: the first frame is where a joint stands, wherever it stood before.</summary>
    private const int Nowhere = int.MinValue / 2;

    private readonly int[] _band;
    private readonly int[] _anchor;
    private readonly int[] _last;
    private readonly bool[] _trembles;
    private readonly double[] _travelled;

    public StandstillWatch(EncoderScale[] scales)
    {
        _band = [.. scales.Select(scale => (int)Math.Ceiling(Tremble / scale.Resolution))];
        _anchor = new int[scales.Length];
        _last = new int[scales.Length];
        _trembles = new bool[scales.Length];
        _travelled = new double[scales.Length];
        Reset();
    }

    public void Reset()
    {
        Array.Fill(_anchor, Nowhere);
        for (int i = 0; i < _travelled.Length; i++)
            Forget(i);
    }

    /// <summary>An encoder that is not believed anyhow is not frozen besides.</summary>
    public void Forget(int joint)
    {
        _travelled[joint] = 0.0;
        _trembles[joint] = false;
    }

    /// <summary>EncoderFrozen, Collision for a jammed joint, both or None.</summary>
    public FaultCause Check(SensorFrame frame, JointReference reference, double dt)
    {
        FaultCause found = FaultCause.None;
        for (int i = 0; i < _anchor.Length; i++)
        {
            _travelled[i] += Math.Abs(reference.Velocity[i]) * dt;
            if (frame.EncoderStatus[i] != ChannelStatus.Fresh)
                continue;
            int counts = frame.EncoderCounts[i];
            _trembles[i] |= counts != _last[i];
            _last[i] = counts;
            if (Math.Abs(counts - _anchor[i]) > _band[i])
            {
                _anchor[i] = counts;
                Forget(i);
            }

            if (_travelled[i] > Travel)
                found |= _trembles[i] ? FaultCause.Collision : FaultCause.EncoderFrozen;
        }

        return found;
    }
}
