namespace LiquidControl.Control;

/// <summary>
/// Whether the tool's inertial sensor can be believed. A sound one never gives the same seven counts twice running: its noise is larger than a
/// count. Nothing in the cycle depends on it; the posture check at Activate does.
/// </summary>
internal sealed class InertialWatch
{
    /// <summary>Without a sound reading for so long, s. It is read every fifth cycle.</summary>
    private const double Patience = 0.080;

    /// <summary>Of a joint of an arm that stands, rad/s.</summary>
    private const double StandingVelocity = 0.3;

    /// <summary>So many axes at the end of their scale no motion explains; a fast move may take some there for a while.</summary>
    private const int TooManyAxes = 4;

    private const int TemperatureIndex = 3;

    private readonly short[] _last = new short[7];
    private double _unsoundFor;

    public bool IsAmiss => _unsoundFor > Patience;

    public void Reset()
    {
        Array.Clear(_last);
        _unsoundFor = 0.0;
    }

    /// <summary>Takes in a cycle of <paramref name="dt"/>, s.</summary>
    public void Note(SensorFrame frame, RobotState state, double dt)
    {
        _unsoundFor += dt;
        if (frame.ImuStatus != ChannelStatus.Fresh)
            return;
        bool same = true;
        int atTheEnd = 0;
        for (int i = 0; i < _last.Length; i++)
        {
            short counts = frame.ImuCounts[i];
            same &= counts == _last[i];
            atTheEnd += i != TemperatureIndex && counts is short.MinValue or short.MaxValue ? 1 : 0;
            _last[i] = counts;
        }

        if (!same && atTheEnd < (Stands(state) ? 1 : TooManyAxes))
            _unsoundFor = 0.0;
    }

    private static bool Stands(RobotState state)
    {
        foreach (double velocity in state.Velocity)
        {
            if (Math.Abs(velocity) > StandingVelocity)
                return false;
        }

        return true;
    }
}
