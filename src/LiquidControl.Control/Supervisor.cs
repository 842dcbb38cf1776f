namespace LiquidControl.Control;

/// <summary>
/// The state machine and the faults that drive it. Holding keeps the position by the classical law, Stopped brings the arm to rest first,
/// Inactive has the outputs off. The first cause leads; a worse one may lead further down, nothing leads back up but a clear.
/// </summary>
public sealed class Supervisor(ArmDescription arm, ControllerSettings settings)
{
    /// <summary>Write failures in a row until the outputs are disabled.</summary>
    private const int DriveFailuresToDisable = 3;

    /// <summary>The plant may exceed position (rad) and velocity (factor) by this much before the arm is stopped.</summary>
    private const double PositionMargin = 2.0 * Math.PI / 180.0;

    private const double VelocityFactor = 1.10;

    /// <summary>
    /// An encoder is not called silent before this many frames are missing, however slow the loop: with 40 % of frames dropped by chance,
    /// runs of ten come every half minute at 500 Hz, runs of fifteen hardly once an hour.
    /// </summary>
    private const int SilentFrames = 15;

    private readonly double _silentHold = Math.Max(settings.EncoderSilentHold, SilentFrames / arm.Rate);
    private readonly double _silentStop = Math.Max(settings.EncoderSilentStop, 2 * SilentFrames / arm.Rate);
    private int _driveFailures;

    public ControlState State { get; private set; } = ControlState.Unconfigured;

    /// <summary>All causes since the last clear.</summary>
    public FaultCause Faults { get; private set; }

    public void Configured()
    {
        State = ControlState.Inactive;
        Faults = FaultCause.None;
    }

    public void Activated()
    {
        State = ControlState.Active;
        Faults = FaultCause.None;
        _driveFailures = 0;
    }

    public void Deactivated() => State = ControlState.Inactive;

    /// <summary>Back to Active from Holding or Stopped. False in any other state.</summary>
    public bool Clear()
    {
        if (State is not (ControlState.Holding or ControlState.Stopped))
            return false;
        State = ControlState.Active;
        Faults = FaultCause.None;
        return true;
    }

    /// <summary>What the sensors and the estimate say. The first cycle may follow Activate at the same instant.</summary>
    public void Check(SensorFrame frame, Estimator estimator, ReferenceGenerator reference, double interval, bool first)
    {
        if (frame.EmergencyStop)
            Raise(FaultCause.EmergencyStop, ControlState.Inactive);
        if (interval < 0.0 || (interval == 0.0 && !first))
            Raise(FaultCause.BadInterval, ControlState.Holding);
        else if (interval >= settings.LateHold)
            Raise(FaultCause.LoopLate, ControlState.Holding);
        if (estimator.OldestAge >= _silentStop)
            Raise(FaultCause.EncoderSilent, ControlState.Stopped);
        else if (estimator.OldestAge >= _silentHold)
            Raise(FaultCause.EncoderSilent, ControlState.Holding);
        if (estimator.LongestRejection >= settings.InnovationPatience)
            Raise(FaultCause.EncoderImplausible, ControlState.Stopped);

        RobotState state = estimator.State;
        for (int i = 0; i < arm.JointCount; i++)
        {
            double q = state.Position[i], v = state.Velocity[i];
            if (Math.Abs(reference.Now.Position[i] - q) > settings.TrackingErrorStop)
                Raise(FaultCause.TrackingError, ControlState.Stopped);
            if (q > arm.Limits[i].Upper + PositionMargin || q < arm.Limits[i].Lower - PositionMargin
                || Math.Abs(v) > VelocityFactor * arm.Limits[i].Velocity)
                Raise(FaultCause.LimitExceeded, ControlState.Stopped);
        }
    }

    /// <summary>What the limiter says.</summary>
    public void Check(LimitFlags flags)
    {
        if ((flags & LimitFlags.NotFinite) != 0)
            Raise(FaultCause.NotFinite, ControlState.Holding);
        if ((flags & LimitFlags.Workspace) != 0)
            Raise(FaultCause.WorkspaceExit, ControlState.Stopped);
    }

    /// <summary>How writing the drives went.</summary>
    public void Check(HardwareFaults write)
    {
        if ((write & (HardwareFaults.PwmBus | HardwareFaults.DirectionLines)) == 0)
        {
            _driveFailures = 0;
            return;
        }

        if (++_driveFailures >= DriveFailuresToDisable)
            Raise(FaultCause.DriveBus, ControlState.Inactive);
    }

    private void Raise(FaultCause cause, ControlState to)
    {
        Faults |= cause;
        if (Severity(to) > Severity(State))
            State = to;
    }

    private static int Severity(ControlState state) => state switch
    {
        ControlState.Active => 0,
        ControlState.Holding => 1,
        ControlState.Stopped => 2,
        _ => 3,
    };
}
