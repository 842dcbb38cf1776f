using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// The loop: read, estimate, infer, limit, write, record. Configure and Activate may allocate and throw; Step does neither and takes no
/// lock. A goal comes in through <see cref="Setpoints"/>; nothing else enters.
/// </summary>
public sealed class ControlCycle
{
    /// <summary>A gap of this many periods means that at least one was skipped.</summary>
    private const double LatePeriods = 1.9;

    private readonly ArmDescription _arm;
    private readonly ControllerSettings _settings;
    private readonly ControllerKind _kind;
    private readonly IArmHardware _hardware;
    private readonly IClock _clock;
    private readonly LiquidPolicy? _policy;
    private readonly LiquidResidual? _residual;
    private readonly SensorFrame _frame;
    private readonly Estimator _estimator;
    private readonly AppliedTorque _applied;
    private readonly ControlLaw _law;
    private readonly CommandLimiter _limiter;
    private readonly DriveStage _drives;
    private readonly Supervisor _supervisor;
    private readonly double[] _goal;
    private readonly double[] _policyOutput;
    private readonly double _lookAhead;
    private CycleStatistics _statistics;
    private HardwareFaults _hardwareFaults;
    private LimitFlags _limits;
    private StateHash _hash;
    private double _interval;
    private long _seenSetpoint;

    /// <summary>
    /// <paramref name="policy"/> is needed by Liquid and EndToEnd only. <paramref name="ringCapacity"/>: cycles the black box remembers.
    /// </summary>
    public ControlCycle(
        ArmDescription arm, ControllerSettings settings, ControllerKind kind, IArmHardware hardware, IClock clock,
        LiquidPolicy? policy = null, int ringCapacity = 4096)
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
        _frame = new SensorFrame(n);
        _estimator = new Estimator(arm, settings);
        _applied = new AppliedTorque(n, arm.TorqueLag, settings.ActuationDelayCycles);
        _law = new ControlLaw(arm, settings);
        _limiter = new CommandLimiter(arm, settings);
        _drives = new DriveStage(arm);
        _supervisor = new Supervisor(arm, settings);
        _goal = new double[n];
        _policyOutput = new double[n];
        _lookAhead = settings.ActuationDelayCycles / arm.Rate + arm.TorqueLag;
        Reference = new ReferenceGenerator(
            [.. arm.Limits.Select(limit => limit with { Velocity = settings.PlanVelocityPart * limit.Velocity })]);
        Command = new JointCommand(n);
        Setpoints = new SetpointMailbox(n);
        Ring = new CycleRing(ringCapacity, n);
    }

    public SetpointMailbox Setpoints { get; }

    public ReferenceGenerator Reference { get; }

    public JointCommand Command { get; }

    public CycleRing Ring { get; }

    public RobotState Estimate => _estimator.State;

    public ControlState State => _supervisor.State;

    public FaultCause Faults => _supervisor.Faults;

    public ResidualFault ResidualFault => _residual?.Watch.Fault ?? ResidualFault.None;

    public CycleStatistics Statistics => _statistics;

    /// <summary>Hash of every bit the cycles took in and gave out since Activate.</summary>
    public ulong StateHash => _hash.Value;

    /// <summary>Finds the chips; outputs stay off. Throws <see cref="HardwareException"/>.</summary>
    public void Configure()
    {
        _hardware.Configure();
        _supervisor.Configured();
    }

    /// <summary>Reads where the arm stands, enables the outputs and holds it there. Throws <see cref="HardwareException"/>.</summary>
    public void Activate()
    {
        if (State != ControlState.Inactive)
            throw new InvalidOperationException($"Activate needs the state Inactive, found {State}.");
        _hardware.Read(_clock.NowNs, _frame);
        if (!_estimator.Reset(_frame))
            throw new HardwareException("An encoder gave no valid frame at Activate. Check its supply, its magnet and the SPI wiring, then activate again.");
        if (_frame.EmergencyStop)
            throw new HardwareException("The emergency-stop circuit is open. Release it, then activate again.");

        _frame.TimestampNs = _clock.NowNs;
        _applied.Reset();
        _law.Reset();
        _limiter.Reset();
        _policy?.Reset();
        _residual?.Reset();
        _drives.Clear();
        _statistics = default;
        _hash = default;
        Reference.HoldAt(_estimator.State.Position);
        _hardware.Activate();
        _supervisor.Activated();
    }

    /// <summary>Outputs off.</summary>
    public void Deactivate()
    {
        _hardware.Disable();
        _supervisor.Deactivated();
    }

    /// <summary>Back to Active after a fault, at the position where the arm stands.</summary>
    public bool ClearFault()
    {
        if (!_supervisor.Clear())
            return false;
        Reference.HoldAt(_estimator.State.Position);
        _law.Reset();
        _residual?.Reset();
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
        _hardwareFaults = _hardware.Read(now, _frame);
    }

    private void UpdateEstimate()
    {
        // A clock that stands still gives no interval to learn from; the supervisor sees it.
        if (_interval > 0.0)
        {
            _applied.Advance(_interval);
            _estimator.Update(_frame, _interval, _applied, Command);
        }

        ControlState before = State;
        _supervisor.Check(_frame, _estimator, Reference, _interval, first: _statistics.Cycles == 0);
        if (State != before)
            Reference.Brake();
    }

    private void Infer()
    {
        Reference.Advance(_interval, _lookAhead);
        if (State == ControlState.Active && Setpoints.TryTake(ref _seenSetpoint, _goal))
            Reference.MoveTo(_goal);

        ControllerKind kind = State == ControlState.Active ? _kind : ControllerKind.CtEso;
        _law.Compute(kind, _estimator.State, Reference.AtActuation, Command);
        if (kind == ControllerKind.Liquid)
            _residual!.Apply(_estimator.State, Reference, Command);
        else if (kind == ControllerKind.EndToEnd)
            CommandEndToEnd();
    }

    private void CommandEndToEnd()
    {
        bool finite = _policy!.Evaluate(_estimator.State, Reference, Command, _policyOutput);
        for (int i = 0; i < _policyOutput.Length; i++)
            Command.Torque[i] = finite ? _policyOutput[i] : double.NaN;
    }

    private void Limit()
    {
        _limits = _limiter.Limit(_estimator.State, Command);
        ControlState before = State;
        _supervisor.Check(_limits);
        if (State != before)
            Reference.Brake();
    }

    private void Write()
    {
        if (State == ControlState.Inactive)
        {
            _drives.Clear();
            _hardwareFaults |= _hardware.Disable();
        }
        else
        {
            _limits |= _drives.Compute(_estimator.State, Command);
            HardwareFaults faults = _hardware.Write(_drives.Drive);
            _hardwareFaults |= faults;
            _supervisor.Check(faults);
        }

        _applied.Written(_drives.Achieved, Command.Residual, Command.Friction);
    }

    private void Record()
    {
        CountCycle();
        CycleRecord record = Ring.Next;
        record.Fill(_statistics.Cycles - 1, _supervisor, _limits, _hardwareFaults, ResidualFault, _interval, _frame, _estimator.State,
            Reference, Command, _drives);
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
