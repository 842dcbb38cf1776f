using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>
/// Sensor frames and applied torque to <see cref="RobotState"/>. Tolerates dropped frames, irregular periods and stale channels; a sample
/// too far from its prediction is rejected.
/// </summary>
public sealed class Estimator
{
    /// <summary>Part of its limit that a measured torque may differ by from the applied one.</summary>
    private const double ShortfallNoise = 0.05;

    /// <summary>Part of the applied torque that a measured one may differ by: a winding is warmer than its data sheet's.</summary>
    private const double WarmPart = 0.05;

    private readonly ArmDescription _arm;
    private readonly RigidBodyWorkspace _workspace;
    private readonly EncoderTrack[] _tracks;
    private readonly double[] _modelPosition;
    private readonly double[] _modelVelocity;
    private readonly double[] _modelAcceleration;
    private readonly double[] _feltAcceleration;
    private readonly double[] _estimatedAcceleration;
    private readonly double[] _modelTorque;
    private readonly ObserverLag _unexpectedLag;
    private readonly double[] _unexpected;
    private readonly double[] _zero;
    private readonly double _lookAhead;

    public Estimator(ArmDescription arm, ControllerSettings settings)
    {
        _arm = arm;
        _workspace = new RigidBodyWorkspace(arm.Model);
        int n = arm.JointCount;
        _tracks = [.. arm.Limits.Select(limit => new EncoderTrack(settings, limit.Velocity))];
        _modelPosition = new double[n];
        _modelVelocity = new double[n];
        _modelAcceleration = new double[n];
        _feltAcceleration = new double[n];
        _estimatedAcceleration = new double[n];
        _modelTorque = new double[n];
        _zero = new double[n];
        _unexpectedLag = new ObserverLag(n, settings.ObserverBandwidth);
        _unexpected = new double[n];
        _lookAhead = settings.ActuationDelayCycles / arm.Rate + arm.TorqueLag;
        State = new RobotState(n) { Supply = arm.NominalSupply };
    }

    public RobotState State { get; }

    /// <summary>The longest time since any encoder's first rejected frame that no accepted one followed, s.</summary>
    public double LongestRejection { get; private set; }

    /// <summary>The longest time since any encoder's last accepted frame, s.</summary>
    public double OldestAge { get; private set; }

    /// <summary>The furthest that any joint has moved otherwise than predicted while its frames are rejected, rad.</summary>
    public double FurthestAstray { get; private set; }

    /// <summary>Whether any joint was found anew since the last Update: after a time about which nothing is known, or as its encoder is distrusted.</summary>
    public bool HasRestarted { get; private set; }

    /// <summary>Whether any encoder's word was taken in the last Update: its joint may be found elsewhere than it was thought to be.</summary>
    public bool HasReacquired { get; private set; }

    /// <summary>
    /// No frame of a joint's encoder is believed any more, until Reset or <see cref="Reacquire"/>: by its motor the joint is this much faster,
    /// rad/s.
    /// </summary>
    public void Distrust(int joint, double faster)
    {
        double before = State.Velocity[joint];
        _tracks[joint].Distrust(faster);
        SumUp();
        Publish();
        State.VelocityAtActuation[joint] += State.Velocity[joint] - before;
    }

    /// <summary>
    /// A residual that the observers took for a part of the disturbance changes by this torque, N·m: they need not find that out.
    /// </summary>
    public void Expect(ReadOnlySpan<double> change)
    {
        ArticulatedBody.ForwardDynamics(_arm.Model, _workspace, State.Position, State.Velocity, _zero, _modelAcceleration);
        ArticulatedBody.ForwardDynamics(_arm.Model, _workspace, State.Position, State.Velocity, change, _estimatedAcceleration);
        for (int i = 0; i < _tracks.Length; i++)
            _tracks[i].Shift(_estimatedAcceleration[i] - _modelAcceleration[i]);
    }

    /// <summary>Where the joints stand by a frame's encoders, rad: what <see cref="Reset"/> would start from. False when one is not fresh.</summary>
    public bool TryLocate(SensorFrame frame, Span<double> position)
    {
        if (!IsFresh(frame))
            return false;
        for (int i = 0; i < position.Length; i++)
            position[i] = NearestToMiddle(i, frame);
        return true;
    }

    /// <summary>Starts from a frame in which every encoder is fresh. False when one is not.</summary>
    public bool Reset(SensorFrame frame)
    {
        if (!IsFresh(frame))
            return false;
        for (int i = 0; i < _tracks.Length; i++)
            _tracks[i].Reset(NearestToMiddle(i, frame));

        SumUp();
        _unexpectedLag.Reset();
        State.Interval = 0.0;
        State.FreshPart = 1.0;
        State.Supply = _arm.NominalSupply;
        ReadSupply(frame);
        Publish();
        Array.Clear(State.AppliedTorque);
        Array.Clear(State.DisturbanceTorque);
        State.Velocity.AsSpan().CopyTo(State.VelocityAtActuation);
        State.Position.AsSpan().CopyTo(State.PositionAtActuation);
        return true;
    }

    /// <summary>
    /// Takes the word of every encoder whose frames are being rejected, as soon as it has one: whoever clears that fault has seen where the arm
    /// stands, as at Reset.
    /// </summary>
    public void Reacquire(SensorFrame frame)
    {
        for (int i = 0; i < _tracks.Length; i++)
        {
            _tracks[i].Reacquire();
            if (_tracks[i].IsRejected && frame.EncoderStatus[i] == ChannelStatus.Fresh)
                _tracks[i].Accept(NearestToMiddle(i, frame));
        }

        SumUp();
        Publish();
    }

    /// <summary>One step over the interval dt that has just ended. <paramref name="pending"/> is the command that was written last.</summary>
    public void Update(SensorFrame frame, double dt, AppliedTorque applied, JointCommand pending)
    {
        State.Position.AsSpan().CopyTo(_modelPosition);
        State.Velocity.AsSpan().CopyTo(_modelVelocity);
        ArticulatedBody.ForwardDynamics(
            _arm.Model, _workspace, _modelPosition, _modelVelocity, applied.Expected, _modelAcceleration);
        double[] felt = SeeShortfall(frame, applied) ? AccelerationFelt(applied) : _modelAcceleration;

        int fresh = 0;
        for (int i = 0; i < _tracks.Length; i++)
        {
            _tracks[i].Predict(dt, _modelAcceleration[i], felt[i]);
            if (_arm.Motors is { } motors && _arm.Currents.Length > 0 && frame.CurrentStatus[i] == ChannelStatus.Fresh)
                _tracks[i].Feel(MotorSpeed.FasterThanBelieved(motors[i], applied.Torque[i], State.TorqueShortfall[i], WarmPart, noisePart: 0.0), dt);
            if (frame.EncoderStatus[i] == ChannelStatus.Fresh
                && _tracks[i].Accept(NearestTurn(_arm.Encoders[i].Angle(frame.EncoderCounts[i]), _tracks[i].Observer.Position)))
                fresh++;
        }

        SumUp();
        State.Interval = dt;
        State.FreshPart = (double)fresh / _tracks.Length;
        ReadSupply(frame);
        Publish();
        applied.Torque.AsSpan().CopyTo(State.AppliedTorque);
        SeeDisturbanceTorque(applied, dt);
        LookAhead(pending);
    }

    /// <summary>
    /// Compares the torque that was applied with what the motors' currents tell. True when they differ by more than noise: a drive fails, or was
    /// told what a wrong velocity called for.
    /// </summary>
    private bool SeeShortfall(SensorFrame frame, AppliedTorque applied)
    {
        if (_arm.Motors is not { } motors || _arm.Currents.Length == 0)
            return false;
        bool matters = false;
        for (int i = 0; i < _tracks.Length; i++)
        {
            State.TorqueShortfall[i] = frame.CurrentStatus[i] == ChannelStatus.Fresh
                ? applied.Torque[i] - motors[i].Torque(_arm.Currents[i].Ampere(frame.CurrentCounts[i]))
                : 0.0;
            matters |= Math.Abs(State.TorqueShortfall[i]) > ShortfallNoise * _arm.Limits[i].Torque;
        }

        return matters;
    }

    private double[] AccelerationFelt(AppliedTorque applied)
    {
        for (int i = 0; i < _tracks.Length; i++)
            _unexpected[i] = applied.Expected[i] - State.TorqueShortfall[i];
        ArticulatedBody.ForwardDynamics(_arm.Model, _workspace, _modelPosition, _modelVelocity, _unexpected, _feltAcceleration);
        return _feltAcceleration;
    }

    private static bool IsFresh(SensorFrame frame)
    {
        foreach (ChannelStatus status in frame.EncoderStatus)
        {
            if (status != ChannelStatus.Fresh)
                return false;
        }

        return true;
    }

    private void SumUp()
    {
        OldestAge = 0.0;
        LongestRejection = 0.0;
        FurthestAstray = 0.0;
        HasRestarted = false;
        HasReacquired = false;
        foreach (EncoderTrack track in _tracks)
        {
            HasRestarted |= track.IsRestarted;
            HasReacquired |= track.IsReacquired;
            OldestAge = Math.Max(OldestAge, track.Observer.Age);
            LongestRejection = Math.Max(LongestRejection, track.RejectedFor);
            FurthestAstray = Math.Max(FurthestAstray, track.Astray);
        }
    }

    private void Publish()
    {
        for (int i = 0; i < _tracks.Length; i++)
        {
            ref readonly ExtendedStateObserver observer = ref _tracks[i].Observer;
            State.Position[i] = observer.Position;
            State.Velocity[i] = observer.Velocity;
            State.Disturbance[i] = observer.Disturbance;
            State.Age[i] = observer.Age;
            State.IsRejected[i] = _tracks[i].IsRejected;
            State.Innovation[i] = _tracks[i].Innovation;
        }
    }

    /// <summary>
    /// Torque that the model does not expect to accelerate the arm, minus what did not: the observer sees the second late, so the first is
    /// made late in the same way. Otherwise a residual would see its own changes as a disturbance.
    /// </summary>
    private void SeeDisturbanceTorque(AppliedTorque applied, double dt)
    {
        for (int i = 0; i < _tracks.Length; i++)
        {
            _unexpected[i] = applied.Torque[i] - applied.Expected[i];
            _estimatedAcceleration[i] = _modelAcceleration[i] + State.Disturbance[i];
        }

        _unexpectedLag.Advance(dt, _unexpected);
        RecursiveNewtonEuler.InverseDynamics(
            _arm.Model, _workspace, _modelPosition, _modelVelocity, _estimatedAcceleration, _modelTorque);
        for (int i = 0; i < _tracks.Length; i++)
            State.DisturbanceTorque[i] = _unexpectedLag.Output[i] + applied.Expected[i] - _modelTorque[i];
    }

    /// <summary>A torque written now acts after delay and lag: the law must see the state it will meet.</summary>
    private void LookAhead(JointCommand pending)
    {
        double t = _lookAhead;
        for (int i = 0; i < _tracks.Length; i++)
        {
            double acceleration = pending.ExpectedAcceleration[i];
            State.PositionAtActuation[i] = State.Position[i] + t * State.Velocity[i] + 0.5 * t * t * acceleration;
            State.VelocityAtActuation[i] = State.Velocity[i] + t * acceleration;
        }
    }

    private void ReadSupply(SensorFrame frame)
    {
        if (frame.SupplyStatus is ChannelStatus.Fresh or ChannelStatus.Held)
            State.Supply = frame.SupplyCounts * SupplyVoltPerCount;
    }

    /// <summary>INA219 bus voltage register, V a count.</summary>
    private const double SupplyVoltPerCount = 0.004;

    /// <summary>An encoder's angle on the turn on which its joint can be, rad.</summary>
    private double NearestToMiddle(int joint, SensorFrame frame) =>
        NearestTurn(_arm.Encoders[joint].Angle(frame.EncoderCounts[joint]), 0.5 * (_arm.Limits[joint].Lower + _arm.Limits[joint].Upper));

    private static double NearestTurn(double angle, double near)
    {
        double turns = Math.Round((near - angle) / (2.0 * Math.PI));
        return angle + turns * 2.0 * Math.PI;
    }
}
