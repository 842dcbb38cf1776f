using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>
/// Sensor frames and applied torque to <see cref="RobotState"/>. Tolerates dropped frames, irregular periods and stale channels; a sample
/// too far from its prediction is rejected.
/// </summary>
public sealed class Estimator
{
    /// <summary>Across a longer gap without a cycle or a frame, s, a prediction is worth nothing.</summary>
    private const double LongestPrediction = 0.100;

    private readonly ArmDescription _arm;
    private readonly ControllerSettings _settings;
    private readonly RigidBodyWorkspace _workspace;
    private readonly ExtendedStateObserver[] _observers;
    private readonly double[] _modelPosition;
    private readonly double[] _modelVelocity;
    private readonly double[] _modelAcceleration;
    private readonly double[] _estimatedAcceleration;
    private readonly double[] _modelTorque;
    private readonly double[] _ageAtRejection;
    private readonly ObserverLag _unexpectedLag;
    private readonly double[] _unexpected;
    private readonly double _lookAhead;

    public Estimator(ArmDescription arm, ControllerSettings settings)
    {
        _arm = arm;
        _settings = settings;
        _workspace = new RigidBodyWorkspace(arm.Model);
        int n = arm.JointCount;
        _observers = new ExtendedStateObserver[n];
        _modelPosition = new double[n];
        _modelVelocity = new double[n];
        _modelAcceleration = new double[n];
        _estimatedAcceleration = new double[n];
        _modelTorque = new double[n];
        _ageAtRejection = new double[n];
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

    /// <summary>Starts from a frame in which every encoder is fresh. False when one is not.</summary>
    public bool Reset(SensorFrame frame)
    {
        for (int i = 0; i < _observers.Length; i++)
        {
            if (frame.EncoderStatus[i] != ChannelStatus.Fresh)
                return false;
            EncoderScale scale = _arm.Encoders[i];
            double middle = 0.5 * (_arm.Limits[i].Lower + _arm.Limits[i].Upper);
            _observers[i].Reset(NearestTurn(scale.Angle(frame.EncoderCounts[i]), middle));
            _ageAtRejection[i] = 0.0;
        }

        OldestAge = 0.0;
        LongestRejection = 0.0;
        _unexpectedLag.Reset();
        State.Interval = 0.0;
        State.FreshPart = 1.0;
        ReadSupply(frame);
        Publish();
        Array.Clear(State.Innovation);
        Array.Clear(State.AppliedTorque);
        Array.Clear(State.DisturbanceTorque);
        State.Velocity.AsSpan().CopyTo(State.VelocityAtActuation);
        State.Position.AsSpan().CopyTo(State.PositionAtActuation);
        return true;
    }

    /// <summary>One step over the interval dt that has just ended. <paramref name="pending"/> is the command that was written last.</summary>
    public void Update(SensorFrame frame, double dt, AppliedTorque applied, JointCommand pending)
    {
        State.Position.AsSpan().CopyTo(_modelPosition);
        State.Velocity.AsSpan().CopyTo(_modelVelocity);
        ArticulatedBody.ForwardDynamics(
            _arm.Model, _workspace, _modelPosition, _modelVelocity, applied.Expected, _modelAcceleration);

        int fresh = 0;
        OldestAge = 0.0;
        LongestRejection = 0.0;
        for (int i = 0; i < _observers.Length; i++)
        {
            if (dt <= LongestPrediction)
                _observers[i].Predict(dt, _modelAcceleration[i]);
            else
                _observers[i].Stand(dt);
            State.Innovation[i] = 0.0;
            if (frame.EncoderStatus[i] == ChannelStatus.Fresh && Accept(i, frame.EncoderCounts[i]))
                fresh++;
            OldestAge = Math.Max(OldestAge, _observers[i].Age);
            if (_ageAtRejection[i] > 0.0)
                LongestRejection = Math.Max(LongestRejection, _observers[i].Age - _ageAtRejection[i]);
        }

        State.Interval = dt;
        State.FreshPart = (double)fresh / _observers.Length;
        ReadSupply(frame);
        Publish();
        applied.Torque.AsSpan().CopyTo(State.AppliedTorque);
        SeeDisturbanceTorque(applied, dt);
        LookAhead(pending);
    }

    private bool Accept(int joint, int counts)
    {
        ref ExtendedStateObserver observer = ref _observers[joint];
        double measured = NearestTurn(_arm.Encoders[joint].Angle(counts), observer.Position);
        double innovation = measured - observer.Position;

        // Beyond the gate only what an unforeseen acceleration could have done in the time without a frame is plausible. Time in which
        // frames were rejected does not count, or every jump would be believed in the end.
        double unseen = _ageAtRejection[joint] > 0.0 ? _ageAtRejection[joint] : observer.Age;
        double gate = _settings.InnovationGate + 0.5 * _settings.CompensationLimit * unseen * unseen;
        if (Math.Abs(innovation) > gate)
        {
            _ageAtRejection[joint] = unseen;
            return false;
        }

        _ageAtRejection[joint] = 0.0;
        if (observer.Age > LongestPrediction)
        {
            observer.Restart(measured);
            return true;
        }

        State.Innovation[joint] = innovation;
        observer.Correct(innovation, _settings.ObserverBandwidth);
        return true;
    }

    private void Publish()
    {
        for (int i = 0; i < _observers.Length; i++)
        {
            State.Position[i] = _observers[i].Position;
            State.Velocity[i] = _observers[i].Velocity;
            State.Disturbance[i] = _observers[i].Disturbance;
            State.Age[i] = _observers[i].Age;
        }
    }

    /// <summary>
    /// Torque that the model does not expect to accelerate the arm, minus what did not: the observer sees the second late, so the first is
    /// made late in the same way. Otherwise a residual would see its own changes as a disturbance.
    /// </summary>
    private void SeeDisturbanceTorque(AppliedTorque applied, double dt)
    {
        for (int i = 0; i < _observers.Length; i++)
        {
            _unexpected[i] = applied.Torque[i] - applied.Expected[i];
            _estimatedAcceleration[i] = _modelAcceleration[i] + State.Disturbance[i];
        }

        _unexpectedLag.Advance(dt, _unexpected);
        RecursiveNewtonEuler.InverseDynamics(
            _arm.Model, _workspace, _modelPosition, _modelVelocity, _estimatedAcceleration, _modelTorque);
        for (int i = 0; i < _observers.Length; i++)
            State.DisturbanceTorque[i] = _unexpectedLag.Output[i] + applied.Expected[i] - _modelTorque[i];
    }

    /// <summary>A torque written now acts after delay and lag: the law must see the state it will meet.</summary>
    private void LookAhead(JointCommand pending)
    {
        double t = _lookAhead;
        for (int i = 0; i < _observers.Length; i++)
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

    private static double NearestTurn(double angle, double near)
    {
        double turns = Math.Round((near - angle) / (2.0 * Math.PI));
        return angle + turns * 2.0 * Math.PI;
    }
}
