namespace LiquidControl.Control;

/// <summary>
/// Finds a drive that does not do what it is told by its motor's current: a broken wire, a bridge that is stuck or dead. Needs a current
/// sensor a joint.
/// </summary>
public sealed class CurrentWatch
{
    /// <summary>A current may differ from the expected one by this part of its limit: noise, lag, a supply that changed since it was read.</summary>
    private const double Tolerance = 0.15;

    /// <summary>For so long, s.</summary>
    private const double Patience = 0.040;

    private readonly ArmDescription _arm;
    private readonly double[] _wrongFor;
    private readonly double _longestStep;

    public CurrentWatch(ArmDescription arm)
    {
        _arm = arm;
        _wrongFor = new double[arm.JointCount];
        _longestStep = 2.0 / arm.Rate;
    }

    public void Reset() => Array.Clear(_wrongFor);

    /// <summary>Whether a drive has failed; never, where the arm measures no currents.</summary>
    public bool Check(RobotState state)
    {
        if (_arm.Motors is not { } motors)
            return false;
        double dt = Math.Clamp(state.Interval, 0.0, _longestStep);
        bool failed = false;
        for (int i = 0; i < _wrongFor.Length; i++)
        {
            bool wrong = Math.Abs(state.TorqueShortfall[i]) > Tolerance * motors[i].MaxTorque;
            _wrongFor[i] = wrong ? _wrongFor[i] + dt : 0.0;
            failed |= _wrongFor[i] > Patience;
        }

        return failed;
    }
}
