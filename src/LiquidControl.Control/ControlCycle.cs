using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// The loop: read, estimate, infer, limit, write, record. Configure and Activate may allocate and throw; Step does neither and takes no
/// lock. A goal comes in through <see cref="Setpoints"/>, under a <see cref="Lease"/> or none, and a wish to end it through
/// <see cref="Requests"/>; nothing else enters.
/// </summary>
public sealed class ControlCycle
{
    /// <summary>Cycles that the black box remembers unless told otherwise.</summary>
    public const int UsualRingCapacity = 4096;

    /// <summary>Encoders and inertial sensor may disagree by this about where down is, rad: mounting and calibration.</summary>
    private const double PostureTolerance = 15.0 * Math.PI / 180.0;

    /// <summary>Of a joint of an arm that stands, rad/s.</summary>
    private const double StandingVelocity = 0.3;

    /// <summary>Plans under a low supply are not slower than this part of the usual speed.</summary>
    private const double LeastVelocityPart = 0.25;

    /// <summary>A gap of this many periods means that at least one was skipped.</summary>
    private const double LatePeriods = 1.9;

    private readonly ArmDescription _arm;
    private readonly ControllerSettings _settings;
    private readonly ControllerKind _kind;
    private readonly IArmHardware _hardware;
    private readonly IClock _clock;
    private readonly LiquidPolicy? _policy;
    private readonly LiquidResidual? _residual;
    private readonly RegressorResidual? _identified;
    private readonly SensorFrame _frame;
    private readonly Estimator _estimator;
    private readonly AppliedTorque _applied;
    private readonly ControlLaw _law;
    private readonly CommandLimiter _limiter;
    private readonly DriveStage _drives;
    private readonly Supervisor _supervisor;
    private readonly NoticeWatch _notices;
    private readonly double[] _goal;
    private readonly double[] _policyOutput;
    private readonly ObserverLag _seenResidual;
    private readonly double[] _lastResidual;
    private readonly double[] _residualChange;
    private readonly double _lookAhead;
    private readonly double _longestStep;
    private CycleStatistics _statistics;
    private HardwareFaults _readFaults;
    private HardwareFaults _writeFaults;
    private LimitFlags _limits;
    private StateHash _hash;
    private double _interval;
    private bool _fades;
    private ControllerKind _lawInForce;
    private long _seenSetpoint;
    private bool _setpointTaken;
    private OperatorRequest _requests;
    private long _leaseRenewedNs;
    private bool _faultCleared;
    private bool _deactivated;

    /// <summary>
    /// <paramref name="policy"/> is needed by Liquid and EndToEnd only. <paramref name="ringCapacity"/>: cycles the black box remembers.
    /// </summary>
    public ControlCycle(
        ArmDescription arm, ControllerSettings settings, ControllerKind kind, IArmHardware hardware, IClock clock,
        LiquidPolicy? policy = null, int ringCapacity = UsualRingCapacity)
    {
        if (kind is ControllerKind.Liquid or ControllerKind.EndToEnd)
            ArgumentNullException.ThrowIfNull(policy);
        int n = arm.JointCount;
        _arm = arm;
        _settings = settings;
        _kind = kind;
        _hardware = hardware;
        _clock = clock;
        _policy = policy;
        _residual = kind == ControllerKind.Liquid ? new LiquidResidual(policy!, arm, settings, clock) : null;
        _identified = kind == ControllerKind.CtRls || policy?.Identified is not null
            ? new RegressorResidual(arm, settings, policy?.Identified)
            : null;
        _frame = new SensorFrame(n);
        _estimator = new Estimator(arm, settings);
        _applied = new AppliedTorque(n, arm.TorqueLag, settings.ActuationDelayCycles);
        _law = new ControlLaw(arm, settings);
        _limiter = new CommandLimiter(arm, settings);
        _drives = new DriveStage(arm);
        _supervisor = new Supervisor(arm, settings);
        _notices = new NoticeWatch(arm);
        _goal = new double[n];
        _policyOutput = new double[n];
        _seenResidual = new ObserverLag(n, settings.ObserverBandwidth);
        _lastResidual = new double[n];
        _residualChange = new double[n];
        _lookAhead = settings.ActuationDelayCycles / arm.Rate + arm.TorqueLag;
        _longestStep = settings.LateHoldAt(arm.Rate);
        Reference = new ReferenceGenerator(
            [.. arm.Limits.Select(limit => limit with { Velocity = settings.PlanVelocityPart * limit.Velocity })]);
        Command = new JointCommand(n);
        Setpoints = new SetpointMailbox(n);
        Ring = new CycleRing(ringCapacity, n);
        Activation = new CycleRecord(n);
    }

    public SetpointMailbox Setpoints { get; }

    public SetpointLease Lease { get; } = new();

    public OperatorRequests Requests { get; } = new();

    public ReferenceGenerator Reference { get; }

    public JointCommand Command { get; }

    public CycleRing Ring { get; }

    /// <summary>
    /// The arm at the last Activate, with the frame that it read: with the records since then it is enough to run the cycles again. A record
    /// like those of cycles, but of none: its number is <see cref="CycleRecord.OfActivation"/>, and it counts in no hash.
    /// </summary>
    public CycleRecord Activation { get; }

    public RobotState Estimate => _estimator.State;

    public ControlState State => _supervisor.State;

    public FaultCause Faults => _supervisor.Faults;

    public Notices Notices => _notices.Notices;

    public ResidualFault ResidualFault => (_residual?.Watch.Fault ?? ResidualFault.None) | (_identified?.Watch.Fault ?? ResidualFault.None);

    /// <summary>What CtRls, or Liquid on top of it, has learned of the arm; null for the other kinds.</summary>
    public RegressorIdentifier? Identifier => _identified?.Identifier;

    public CycleStatistics Statistics => _statistics;

    /// <inheritdoc cref="Supervisor.Unwatched"/>
    internal FaultCause Unwatched
    {
        init => _supervisor.Unwatched = value;
    }

    /// <summary>Hash of every bit the cycles took in and gave out since Activate.</summary>
    public ulong StateHash => _hash.Value;

    /// <summary>Finds the chips; outputs go off. Throws <see cref="HardwareException"/>, and then nothing is configured.</summary>
    public void Configure()
    {
        _supervisor.Unconfigured();
        _hardware.Configure();
        _supervisor.Configured();
    }

    /// <summary>
    /// Reads where the arm stands, enables the outputs and holds it there; a goal posted before is void. Throws
    /// <see cref="HardwareException"/>.
    /// </summary>
    public void Activate()
    {
        if (State != ControlState.Inactive)
            throw new InvalidOperationException($"Activate needs the state Inactive, found {State}.");
        // Nothing is changed before all is checked: the cycles after a refusal must be those of an arm that was left alone.
        SensorFrame frame = new(_arm.JointCount);
        double[] position = new double[_arm.JointCount];
        _hardware.Read(_clock.NowNs, frame);
        if (!_estimator.TryLocate(frame, position))
            throw new HardwareException("An encoder gave no valid frame at Activate. Check its supply, its magnet and the SPI wiring, then activate again.");
        if (frame.EmergencyStop)
            throw new HardwareException("The emergency-stop circuit is open. Release it, then activate again.");
        RequireRest();
        RequirePosture(frame, position);

        frame.CopyTo(_frame);
        _estimator.Reset(_frame);
        _frame.TimestampNs = _clock.NowNs;
        _applied.Reset();
        Command.Clear();
        Array.Clear(_goal);
        Array.Clear(_lastResidual);
        _seenResidual.Reset();
        _fades = false;
        _law.Reset();
        _limiter.Reset();
        _policy?.Reset();
        _residual?.Reset();
        _identified?.Reset();
        _drives.Clear();
        _notices.Reset();
        _statistics = default;
        _hash = default;
        _faultCleared = false;
        _deactivated = false;
        Setpoints.Discard(ref _seenSetpoint);
        Requests.Take();
        Lease.Release();
        Reference.Reset(_estimator.State.Position);
        _hardware.Activate();
        _supervisor.Activated();
        Activation.Fill(
            CycleRecord.OfActivation, _supervisor, LimitFlags.None, ResidualFault, 0.0, _frame, _estimator.State, Reference, Command, _drives);
        Activation.FillNotices(_notices);
    }

    /// <summary>An arm that falls or swings is not where it was read by the time it is held, and would be snatched back.</summary>
    private void RequireRest()
    {
        // Without cycles there is no estimate to judge by.
        if ((_clock.NowNs - _frame.TimestampNs) * 1e-9 > _longestStep)
            return;
        for (int i = 0; i < _arm.JointCount; i++)
        {
            double velocity = _estimator.State.Velocity[i];
            if (Math.Abs(velocity) < StandingVelocity)
                continue;
            throw new HardwareException(FormattableString.Invariant(
                $"Joint {i + 1} moves at {velocity:F1} rad/s, expected under {StandingVelocity:F1}. Wait until the arm hangs still, or hold it, then activate again."));
        }
    }

    private void RequirePosture(SensorFrame frame, double[] position)
    {
        if (new PostureCheck(_arm).Disagreement(frame, position) is not { } angle || !(angle > PostureTolerance))
            return;
        throw new HardwareException(FormattableString.Invariant(
            $"By the encoders down is {double.RadiansToDegrees(angle):F0}° from where the tool's inertial sensor feels it, expected at most ")
            + FormattableString.Invariant($"{double.RadiansToDegrees(PostureTolerance):F0}°. Check that no two encoders are exchanged, each one's direction, counts and zero, ")
            + "and how the sensor is mounted, then activate again.");
    }

    /// <summary>Whether the arm has power: between Activate and whatever takes the outputs away.</summary>
    public bool OutputsOn => _supervisor.OutputsOn;

    /// <summary>Outputs off.</summary>
    public void Deactivate()
    {
        _hardware.Disable();
        _supervisor.Deactivated();
        _deactivated = true;
    }

    /// <summary>
    /// Back to Active after a fault, at the position where the arm stands; a goal posted meanwhile is void. False when there is nothing to
    /// clear, and while the arm is still coming to rest.
    /// </summary>
    public bool ClearFault()
    {
        if (Reference.Phase == ReferencePhase.Brake || !_supervisor.Clear())
            return false;
        _faultCleared = true;
        Setpoints.Discard(ref _seenSetpoint);
        _estimator.Reacquire(_frame);
        Reference.HoldAt(_estimator.State.Position);
        _law.Reset();
        _policy?.Reset();
        _residual?.Reset();
        _identified?.Reset();
        return true;
    }

    /// <summary>One cycle. Needs Activate first; never throws, never allocates.</summary>
    public ControlState Step()
    {
        Read();
        UpdateEstimate();
        Infer();
        Limit();
        Write();
        Record();
        return State;
    }

    private void Read()
    {
        long now = _clock.NowNs;
        _interval = (now - _frame.TimestampNs) * 1e-9;
        _frame.TimestampNs = now;
        _readFaults = _hardware.Read(now, _frame);
    }

    private void UpdateEstimate()
    {
        // A clock that stands still gives no interval to learn from; the supervisor sees it.
        if (_interval > 0.0)
        {
            _applied.Advance(_interval);
            _estimator.Update(_frame, _interval, _applied, Command);

            // Where a joint is found is no tracking error: whoever cleared the fault saw where the arm stands.
            if (_estimator.HasReacquired && OutputsOn && Reference.Phase == ReferencePhase.Hold)
                Reference.HoldAt(_estimator.State.Position);

            // While nothing is driven nothing depends on the estimate, and an arm may be moved by hand: the encoders are believed.
            if (!OutputsOn)
                _estimator.Reacquire(_frame);
        }

        ControlState before = State;
        _supervisor.Check(_readFaults);
        _supervisor.Check(_frame, _estimator, Reference, _interval, first: _statistics.Cycles == 0);
        _requests = Requests.Take();
        _leaseRenewedNs = Lease.RenewedNs;
        bool leased = _leaseRenewedNs != SetpointLease.None && Reference.Phase != ReferencePhase.Hold;
        _supervisor.Check(_requests, leased ? (_frame.TimestampNs - _leaseRenewedNs) * 1e-9 : null);
        FallBack(before);

        // Without its configuration the PWM chip gave no drive: what the arm did meanwhile is not to be made up for.
        if ((_readFaults & HardwareFaults.PwmReset) != 0)
            Reference.ResumeFrom(_estimator.State.Position, _estimator.State.Velocity);

        // An arm that was not seen for long is elsewhere by now: where it is found it is held, not where it was lost.
        if (_estimator.HasRestarted && (State is ControlState.Holding or ControlState.Stopped))
            Reference.StopFrom(_estimator.State.Position, _estimator.State.Velocity);
    }

    private void Infer()
    {
        // The reference never runs backwards, and never catches up on a gap that the arm spent without it.
        Reference.Advance(Math.Clamp(_interval, 0.0, _longestStep), _lookAhead);
        Reference.VelocityPart = _estimator.State.Supply < _arm.LowSupply ? Math.Clamp(_estimator.State.Supply / _arm.NominalSupply, LeastVelocityPart, 1.0) : 1.0;
        _setpointTaken = State == ControlState.Active && Setpoints.TryTake(ref _seenSetpoint, _goal);
        if (_setpointTaken)
            Reference.MoveTo(_goal);
        if ((_requests & OperatorRequest.Hold) != 0)
            Reference.Brake();

        _lawInForce = State == ControlState.Active ? _kind : ControllerKind.CtEso;
        if ((Faults & FaultCause.Collision) != 0)
            _law.ComputeCompliant(_estimator.State, Reference.AtActuation, Command);
        else
            _law.Compute(_lawInForce, _estimator.State, Reference.AtActuation, Command);
        if (_lawInForce is ControllerKind.CtRls or ControllerKind.Liquid)
            _identified?.Apply(_estimator.State, Reference, Command);
        if (_lawInForce == ControllerKind.Liquid)
            _residual!.Apply(_estimator.State, Reference, Command);
        else if (_lawInForce == ControllerKind.EndToEnd)
            CommandEndToEnd();
    }

    /// <summary>What a residual did shows as a disturbance, late; where it goes, that goes, and what it did last is not seen yet.</summary>
    private void ExpectFading()
    {
        _seenResidual.Advance(Math.Clamp(_interval, 0.0, _longestStep), _lastResidual);
        double[] known = _fades ? _lastResidual : _seenResidual.Output;
        _fades = _residual is { IsFading: true };
        for (int i = 0; i < _lastResidual.Length; i++)
            _residualChange[i] = Command.Residual[i] - known[i];
        Command.Residual.AsSpan().CopyTo(_lastResidual);
        if (_fades)
            _estimator.Expect(_residualChange);
    }

    private void CommandEndToEnd()
    {
        bool finite = _policy!.Evaluate(_estimator.State, Reference, Command, _policyOutput);
        for (int i = 0; i < _policyOutput.Length; i++)
            Command.Torque[i] = finite ? _policyOutput[i] : double.NaN;

        // The network follows no reference: what friction takes of its torque goes by how the arm moves.
        FrictionFeedforward.Torque(_arm.Friction, _estimator.State.VelocityAtActuation, Command.Friction);
    }

    private void Limit()
    {
        _limits = _limiter.Limit(_estimator.State, Command);
        ExpectFading();
        if (_estimator.State.Supply < _arm.LowSupply)
            _limits |= LimitFlags.SupplyLow;

        // What a network's torque will do only the limiter's prediction knows.
        if (_lawInForce == ControllerKind.EndToEnd && (_limits & LimitFlags.NotFinite) == 0)
            _limiter.Admitted.CopyTo(Command.ExpectedAcceleration);
        ControlState before = State;
        _supervisor.Check(_limits);
        FallBack(before);
    }

    /// <summary>Holding ends the move along its plan. Stopped does not trust the plan any more and brakes from where the arm is.</summary>
    private void FallBack(ControlState before)
    {
        if (State == before)
            return;
        if (State == ControlState.Stopped)
            Reference.StopFrom(_estimator.State.Position, _estimator.State.Velocity);
        else
            Reference.Brake();
    }

    private void Write()
    {
        _writeFaults = HardwareFaults.None;
        if (_supervisor.OutputsOn)
        {
            _limits |= _drives.Compute(_estimator.State, Command);
            _writeFaults = _hardware.Write(_drives.Drive);
            _supervisor.CheckWrite(_writeFaults);
        }

        if (_supervisor.OutputsOn)
            _applied.Written(_drives.Achieved, Command.Residual, Command.Friction);
        else
            SwitchOff();
    }

    private void SwitchOff()
    {
        _writeFaults |= _hardware.Disable();
        _drives.Clear();
        Command.Clear();
        _applied.Written(_drives.Achieved, Command.Residual, Command.Friction);
    }

    private void Record()
    {
        CountCycle();
        _notices.Note(_frame, _estimator.State, OutputsOn);
        CycleRecord record = Ring.Next;
        record.Fill(_statistics.Cycles - 1, _supervisor, _limits, ResidualFault, _interval, _frame, _estimator.State, Reference, Command, _drives);
        record.FillInputs(_readFaults, _writeFaults, _setpointTaken, _goal, _faultCleared, _deactivated, _requests, _leaseRenewedNs);
        record.FillNotices(_notices);
        _faultCleared = false;
        _deactivated = false;
        record.AddTo(ref _hash);
        Ring.Commit();
    }

    private void CountCycle()
    {
        _statistics.Cycles++;
        if (_interval > LatePeriods / _arm.Rate)
            _statistics.LateCycles++;
        if (_estimator.State.FreshPart < 1.0)
            _statistics.DroppedCycles++;
        if ((_limits & ~LimitFlags.DriveSaturated) != 0)
            _statistics.LimiterInterventions++;
        if ((_limits & LimitFlags.DriveSaturated) != 0)
            _statistics.SaturatedCycles++;
    }
}
