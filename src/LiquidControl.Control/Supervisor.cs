namespace LiquidControl.Control;

/// <summary>
/// The state machine and the faults that drive it. Holding keeps the position by the classical law, Stopped brings the arm to rest first,
/// Inactive has the outputs off. A worse cause may lead further down; nothing leads back up but a clear, from Inactive a new Activate.
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

    /// <summary>The PWM chip's mode is read back every few cycles: failures this close together, s, are failures in a row.</summary>
    private const double ReadBackMemory = 0.100;

    /// <summary>An emergency-stop line that cannot be read this many times running counts as open.</summary>
    private const int UnreadableStops = 3;

    private readonly double _silentHold = Math.Max(settings.EncoderSilentHold, SilentFrames / arm.Rate);
    private readonly double _silentStop = Math.Max(settings.EncoderSilentStop, 2 * SilentFrames / arm.Rate);
    /// <summary>A stopped joint may move by this part of its velocity limit faster than told, or the other way, for <see cref="StoppedPatience"/>, s.</summary>
    private const double StoppedVelocity = 0.5;

    private const double StoppedPatience = 0.050;

    /// <summary>A joint that was beyond its limit when the outputs went on may not move on by more than this, rad.</summary>
    private const double ReturnSlack = 0.5 * Math.PI / 180.0;

    /// <summary>An encoder that says so itself for this long, s, has lost its magnet.</summary>
    private const double MagnetPatience = 0.010;

    private readonly double[] _upper = new double[arm.JointCount];
    private readonly double[] _lower = new double[arm.JointCount];
    private readonly double[] _magnetLostFor = new double[arm.JointCount];
    private readonly StandstillWatch _standstill = new(arm.Encoders);
    private readonly ContactWatch _contact = new(arm, settings);
    private readonly CurrentWatch _current = new(arm);
    private readonly MotorSpeedWatch _speed = new(arm);
    private readonly DriveSenseWatch _sense = new(arm, settings);
    private readonly double _lateHold = settings.LateHoldAt(arm.Rate);
    private int _driveFailures;
    private int _readBackFailures;
    private int _unreadableStops;
    private double _sinceReadBackFailure;
    private double _runsFor;

    public ControlState State { get; private set; } = ControlState.Unconfigured;

    /// <summary>All causes since the last clear.</summary>
    public FaultCause Faults { get; private set; }

    /// <summary>Causes that are overlooked: for the rig, which shows that an arm comes to harm without them.</summary>
    internal FaultCause Unwatched { get; set; }

    /// <summary>Whether the drives may be written.</summary>
    public bool OutputsOn => State is ControlState.Active or ControlState.Holding or ControlState.Stopped;

    public void Unconfigured() => State = ControlState.Unconfigured;

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
        _readBackFailures = 0;
        _unreadableStops = 0;
        _runsFor = 0.0;
        FreeLimits();
        _standstill.Reset();
        _contact.Reset();
        _current.Reset();
        _speed.Reset();
        _sense.Reset();
    }

    public void Deactivated()
    {
        if (State != ControlState.Unconfigured)
            State = ControlState.Inactive;
    }

    /// <summary>Back to Active from Holding or Stopped. False in any other state.</summary>
    public bool Clear()
    {
        if (State is not (ControlState.Holding or ControlState.Stopped))
            return false;
        State = ControlState.Active;
        Faults = FaultCause.None;
        _runsFor = 0.0;
        FreeLimits();
        _contact.Reset();
        _current.Reset();
        _speed.Reset();
        _sense.Reset();
        _standstill.Reset();
        return true;
    }

    /// <summary>What the sensors and the estimate say. The first cycle may follow Activate at the same instant.</summary>
    public void Check(SensorFrame frame, Estimator estimator, ReferenceGenerator reference, double interval, bool first)
    {
        _unreadableStops = frame.EmergencyStopStatus == ChannelStatus.Fresh ? 0 : _unreadableStops + 1;
        if (frame.EmergencyStop || _unreadableStops >= UnreadableStops)
            Raise(FaultCause.EmergencyStop, ControlState.Inactive);
        _sinceReadBackFailure += Math.Max(interval, 0.0);
        if (interval < 0.0 || (interval == 0.0 && !first))
            Raise(FaultCause.BadInterval, ControlState.Holding);
        else if (interval >= _lateHold)
            Raise(FaultCause.LoopLate, ControlState.Holding);
        if (estimator.OldestAge >= _silentStop)
            Raise(FaultCause.EncoderSilent, ControlState.Stopped);
        else if (estimator.OldestAge >= _silentHold)
            Raise(FaultCause.EncoderSilent, ControlState.Holding);
        if (estimator.LongestRejection >= settings.InnovationPatience)
            Raise(FaultCause.EncoderImplausible, ControlState.Stopped);

        // Without an encoder nothing is left to stop with, and an arm that moves otherwise than predicted is pushed by what it is to be held with.
        if (estimator.FurthestAstray >= settings.TrackingErrorStop)
            Raise(FaultCause.EncoderImplausible, ControlState.Inactive);
        for (int i = 0; i < arm.JointCount; i++)
        {
            if (estimator.State.IsRejected[i])
                _standstill.Forget(i);
            _magnetLostFor[i] = frame.EncoderStatus[i] == ChannelStatus.MagnetLost ? _magnetLostFor[i] + Math.Max(interval, 0.0) : 0.0;
            if (_magnetLostFor[i] >= MagnetPatience)
                Raise(FaultCause.MagnetLost, ControlState.Stopped);
        }

        FaultCause standstill = _standstill.Check(frame, reference.Now, Math.Clamp(interval, 0.0, _lateHold));
        if ((standstill & FaultCause.EncoderFrozen) != 0)
            Raise(FaultCause.EncoderFrozen, ControlState.Inactive);
        if ((standstill & FaultCause.Collision) != 0)
            Raise(FaultCause.Collision, ControlState.Stopped);

        RobotState state = estimator.State;
        if (state.Supply < arm.StopSupply)
            Raise(FaultCause.SupplyLow, ControlState.Stopped);
        if (_contact.Check(state))
            Raise(FaultCause.Collision, ControlState.Stopped);
        if (_current.Check(state))
            Raise(FaultCause.ActuatorFault, ControlState.Stopped);
        CheckSpeeds(frame, estimator);
        if (_sense.Check(state))
            Raise(FaultCause.ActuatorFault, ControlState.Inactive);
        CheckStopped(state, reference.Now);
        for (int i = 0; i < arm.JointCount; i++)
        {
            double q = state.Position[i], v = state.Velocity[i];
            if (!(Math.Abs(reference.Now.Position[i] - q) <= settings.TrackingErrorStop))
                Raise(FaultCause.TrackingError, ControlState.Stopped);

            // An arm that fell onto its stops must be able to come back: what it has regained it may not lose again.
            _upper[i] = Math.Max(arm.Limits[i].Upper + PositionMargin, Math.Min(_upper[i], q + ReturnSlack));
            _lower[i] = Math.Min(arm.Limits[i].Lower - PositionMargin, Math.Max(_lower[i], q - ReturnSlack));

            // Within the limits or not: an estimate that is no number is not.
            bool within = q <= _upper[i] && q >= _lower[i]
                && Math.Abs(v) <= VelocityFactor * arm.Limits[i].Velocity;
            if (!within)
                Raise(FaultCause.LimitExceeded, ControlState.Stopped);
        }
    }

    /// <summary>An encoder that its motor contradicts is not believed any more: held by it, the joint would follow its drift.</summary>
    private void CheckSpeeds(SensorFrame frame, Estimator estimator)
    {
        RobotState state = estimator.State;
        _speed.Note(frame, state);
        for (int i = 0; i < arm.JointCount && OutputsOn && (Unwatched & FaultCause.EncoderImplausible) == 0; i++)
        {
            if (!_speed.HasParted(i))
                continue;
            Raise(FaultCause.EncoderImplausible, ControlState.Stopped);
            estimator.Distrust(i, _speed.Faster(i));
        }

        if (_speed.IsAgainst)
            Raise(FaultCause.ActuatorFault, ControlState.Inactive);
    }

    private void FreeLimits()
    {
        Array.Fill(_upper, double.PositiveInfinity);
        Array.Fill(_lower, double.NegativeInfinity);
    }

    /// <summary>
    /// An arm that is told to stop and runs is not driven by what it is told: a bridge that is stuck, say. There is nothing left but to take its
    /// power away.
    /// </summary>
    private void CheckStopped(RobotState state, JointReference reference)
    {
        bool runs = false;
        for (int i = 0; i < arm.JointCount; i++)
        {
            double told = reference.Velocity[i], margin = StoppedVelocity * arm.Limits[i].Velocity;
            runs |= state.Velocity[i] > Math.Max(told, 0.0) + margin || state.Velocity[i] < Math.Min(told, 0.0) - margin;
        }

        _runsFor = runs && State == ControlState.Stopped ? _runsFor + Math.Clamp(state.Interval, 0.0, _lateHold) : 0.0;
        if (_runsFor > StoppedPatience)
            Raise(FaultCause.ActuatorFault, ControlState.Inactive);
    }

    /// <summary>What the limiter says.</summary>
    public void Check(LimitFlags flags)
    {
        if ((flags & LimitFlags.NotFinite) != 0)
            Raise(FaultCause.NotFinite, ControlState.Holding);
        if ((flags & LimitFlags.Workspace) != 0)
            Raise(FaultCause.WorkspaceExit, ControlState.Stopped);
    }

    /// <summary>
    /// How reading went. A PWM chip that was reset is set up again by its driver; one that is reset again and again, cannot be set up, or whose
    /// mode cannot be read three times running, is not to be trusted with a duty.
    /// </summary>
    public void Check(HardwareFaults read)
    {
        if ((read & (HardwareFaults.PwmBus | HardwareFaults.PwmReset)) == 0)
            return;
        _readBackFailures = _sinceReadBackFailure <= ReadBackMemory ? _readBackFailures + 1 : 1;
        _sinceReadBackFailure = 0.0;
        if (_readBackFailures >= DriveFailuresToDisable)
            Raise(FaultCause.DriveBus, ControlState.Inactive);
    }

    /// <summary>What was asked, and how long ago, s, the lease was renewed under which the arm moves; null without one or at rest.</summary>
    public void Check(OperatorRequest requests, double? leaseAge)
    {
        if ((requests & OperatorRequest.Stop) != 0)
            Raise(FaultCause.OperatorStop, ControlState.Stopped);
        if (leaseAge >= settings.SetpointSilent)
            Raise(FaultCause.SetpointSilent, ControlState.Holding);
    }

    /// <summary>How writing the drives went.</summary>
    public void CheckWrite(HardwareFaults write)
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
        // With the outputs off an arm may sag or be moved by hand: that is no cause of anything.
        if (!OutputsOn || (cause & Unwatched) != 0)
            return;
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
