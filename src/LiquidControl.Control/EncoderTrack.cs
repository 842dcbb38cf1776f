using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// One joint's observer, and which frames of its encoder it believes. A frame too far from the prediction is rejected: the encoder is wrong.
/// Or else the frames before it were (an encoder that repeats itself for some milliseconds drags the observer along before it is caught):
/// so a second prediction goes along that knows nothing of the last frames, and where a frame fits that one, the observer goes back to it.
/// </summary>
internal sealed class EncoderTrack(ControllerSettings settings, double velocityLimit)
{
    /// <summary>Across a longer gap without a cycle or a frame, s, a prediction is worth nothing.</summary>
    private const double LongestPrediction = 0.100;

    /// <summary>After so long without a believed frame, s, a joint's motor is better than no sensor.</summary>
    private const double Blind = 0.020;

    /// <summary>The motor's word is taken with poles at the inverse of this time, s.</summary>
    private const double MotorMemory = 0.015;

    /// <summary>What disturbs a joint usually is known by a first-order lag of this time, s.</summary>
    private const double DisturbanceMemory = 0.5;

    /// <summary>The second prediction leaves out the frames of at least this time, s, and at most of twice it.</summary>
    private const double Withheld = 0.020;

    /// <summary>Frames rejected for longer, s, are no outliers any more.</summary>
    private const double Outlier = 0.004;

    /// <summary>An encoder that does not change by a single count for so long, s, while its joint was on the move stands still itself.</summary>
    private const double Standstill = 0.003;

    /// <summary>The joint should have turned by this meanwhile, rad: more counts than noise hides.</summary>
    private const double LeastTravel = 0.005;

    /// <summary>A joint this fast, rad/s, cannot stand still from one frame to the next.</summary>
    private const double OnTheMove = 0.4;

    /// <summary>How fast the encoder says it is, is known by a first-order lag of this time, s.</summary>
    private const double SpeedMemory = 0.006;

    /// <summary>A joint that stands is seen by its motor to have this part of its former speed at most: delay, noise.</summary>
    private const double StandingPart = 0.25;

    /// <summary>Within this time, s, no law brings a joint to rest; what comes to rest later did so by being told to.</summary>
    private const double Sudden = 0.030;

    /// <summary>Between two frames a joint moves at most this many times as fast as its velocity limit; more is an encoder that jumps.</summary>
    private const double FastestJoint = 1.5;

    private ExtendedStateObserver _observer;
    private ExtendedStateObserver _older;
    private ExtendedStateObserver _younger;
    private double _sinceSnapshot;
    private double _ageAtRejection;
    private double _rejectedAngle;
    private double _rejectedPosition;
    private double _rejectedAge;
    private double _astray;
    private bool _takenBack;
    private double _usual;
    private bool _isDistrusted;
    private bool _takesItsWord;
    private double _lastAngle;
    private double _unchangedFor;
    private double _speed;
    private double _motorSpeed;
    private bool _isFelt;
    private bool _stood;

    public ref readonly ExtendedStateObserver Observer => ref _observer;

    /// <summary>Measured minus predicted of the last frame, rad; zero where it was rejected.</summary>
    public double Innovation { get; private set; }

    /// <summary>Time since the first rejected frame that no accepted one followed, s.</summary>
    public double RejectedFor => _ageAtRejection > 0.0 ? _observer.Age - _ageAtRejection : 0.0;

    /// <summary>Whether the joint was found anew: after a time about which nothing is known, or as its encoder is distrusted from now on.</summary>
    public bool IsRestarted { get; private set; }

    /// <summary>Whether the last frame's word was taken: the joint is where it says, wherever it was thought to be.</summary>
    public bool IsReacquired { get; private set; }

    public bool IsRejected => _ageAtRejection > 0.0 || _isDistrusted;

    /// <summary>
    /// How far the joint has moved otherwise than predicted since its frames are rejected, by what those frames say among themselves, rad. A
    /// jump does not count, whatever its size, and an encoder that does not move at all says nothing.
    /// </summary>
    public double Astray => Math.Abs(_astray);

    /// <summary>Starts at rest at an angle.</summary>
    public void Reset(double angle)
    {
        _observer.Reset(angle);
        _usual = 0.0;
        _lastAngle = angle;
        _unchangedFor = 0.0;
        _speed = 0.0;
        _motorSpeed = 0.0;
        _isFelt = false;
        BelieveAll();
    }

    /// <summary>
    /// Every frame is rejected from now on, whatever it says: the motor knows better, and says that the joint is this much faster, rad/s. What
    /// the wrong frames have made of the disturbance is forgotten.
    /// </summary>
    public void Distrust(double faster)
    {
        if (_isDistrusted)
            return;
        _isDistrusted = true;
        _observer.Hasten(faster);
        _observer.Disturb(_usual);
        IsRestarted = true;
    }

    /// <summary>Takes the encoder's word after its frames were rejected: the joint stands where the next one says.</summary>
    public void Reacquire() => _takesItsWord |= IsRejected;

    /// <summary>Moves the estimate on by dt, s.</summary>
    /// <param name="dt">s.</param>
    /// <param name="modelAcceleration">What the model expects of the torque that was applied, rad/s².</param>
    /// <param name="feltAcceleration">Of the torque that the motors' currents tell: what holds where the estimate has led the drives astray.</param>
    public void Predict(double dt, double modelAcceleration, double feltAcceleration)
    {
        Innovation = 0.0;
        IsRestarted = false;
        IsReacquired = false;
        _isFelt = false;
        _unchangedFor += dt;
        if (dt > LongestPrediction)
        {
            _observer.Stand(dt);
            _older = _younger = _observer;
            return;
        }

        _observer.Predict(dt, modelAcceleration);
        _older.Predict(dt, feltAcceleration);
        _younger.Predict(dt, feltAcceleration);
        _sinceSnapshot += dt;
    }

    /// <summary>What disturbs the joint changes by this, rad/s², for a reason that is known.</summary>
    public void Shift(double disturbance)
    {
        _observer.Disturb(_observer.Disturbance + disturbance);
        _older.Disturb(_older.Disturbance + disturbance);
        _younger.Disturb(_younger.Disturbance + disturbance);
    }

    /// <summary>
    /// What the motor says of the joint's speed: it is this much faster than was believed, rad/s. Where the encoder says nothing the observer
    /// takes its word; a late cycle is no such time, its frame is still to come.
    /// </summary>
    public void Feel(double faster, double dt)
    {
        _motorSpeed += (1.0 - Elementary.Exp(-dt / SpeedMemory)) * (_observer.Velocity + faster - _motorSpeed);
        _isFelt = true;
        if (_observer.Age <= Blind || dt > Blind)
            return;

        // The observer's equations with a speed for a sample, both poles at 1 / MotorMemory.
        double gap = 1.0 - Elementary.Exp(-dt / MotorMemory);
        _observer.Hasten((1.0 - (1.0 - gap) * (1.0 - gap)) * faster);
        double disturbance = _observer.Disturbance + gap * gap / dt * faster;
        _observer.Disturb(Math.Clamp(disturbance, -settings.CompensationLimit, settings.CompensationLimit));
    }

    /// <summary>Takes in a frame's angle, rad, already on the turn nearest to the estimate. False when it was rejected.</summary>
    public bool Accept(double angle)
    {
        // Beyond the gate only what an unforeseen acceleration could have done in the time without a frame is plausible. Time in which
        // frames were rejected does not count, or every jump would be believed in the end.
        double unseen = _ageAtRejection > 0.0 ? _ageAtRejection : _observer.Age;
        double gate = settings.InnovationGate + 0.5 * settings.CompensationLimit * unseen * unseen;
        bool stands = !_takesItsWord && Stands(angle);
        if (_takesItsWord || IsJammed())
        {
            if (_takesItsWord)
                (_lastAngle, _unchangedFor, _speed) = (angle, 0.0, 0.0);
            IsReacquired = _takesItsWord;
            _observer.Restart(angle);
            BelieveAll();
            return true;
        }

        if (_isDistrusted)
        {
            Reject(angle, unseen, stands: false);
            return false;
        }

        bool within = Math.Abs(angle - _observer.Position) <= gate && !stands;
        if (!within && !stands && _observer.Age <= LongestPrediction && Math.Abs(angle - _older.Position) <= settings.InnovationGate)
        {
            _observer = _older;
            within = true;
        }

        if (!within)
        {
            Reject(angle, unseen, stands);
            return false;
        }

        _ageAtRejection = 0.0;
        _astray = 0.0;
        _takenBack = false;
        if (_observer.Age > LongestPrediction)
        {
            _observer.Restart(angle);
            BelieveAll();
            IsRestarted = true;
            return true;
        }

        _usual += Math.Min(_observer.Age / DisturbanceMemory, 1.0) * (_observer.Disturbance - _usual);
        Innovation = angle - _observer.Position;
        _observer.Correct(Innovation, settings.ObserverBandwidth);
        if (_sinceSnapshot >= Withheld)
        {
            _older = _younger;
            _younger = _observer;
            _sinceSnapshot = 0.0;
        }

        return true;
    }

    /// <summary>
    /// Whether the encoder stands still while its joint, by what came before, moves on: it is frozen. A joint that turns back comes to rest
    /// gently. One that was stopped by something hard looks the same: <see cref="IsJammed"/> tells it where the motor is felt.
    /// </summary>
    private bool Stands(double angle)
    {
        if (angle != _lastAngle)
        {
            double latest = (angle - _lastAngle) / _unchangedFor;
            _speed += (1.0 - Elementary.Exp(-_unchangedFor / SpeedMemory)) * (latest - _speed);
            _unchangedFor = 0.0;
            _lastAngle = angle;
        }

        double speed = Math.Abs(_speed);
        return _unchangedFor >= Standstill && speed >= OnTheMove && speed * _unchangedFor >= LeastTravel
            && Math.Abs(angle - _older.Position) >= LeastTravel;
    }

    /// <summary>Whether the motor says, too, that a joint stands which moved a moment ago: the encoder that stands is right.</summary>
    private bool IsJammed() => _stood && IsRejected && !_isDistrusted && _isFelt && RejectedFor <= Sudden && _unchangedFor >= Standstill
        && Math.Abs(_speed) >= OnTheMove && Math.Abs(_motorSpeed) < StandingPart * Math.Abs(_speed);

    private void Reject(double angle, double unseen, bool stands)
    {
        bool first = _ageAtRejection == 0.0;
        if (first)
            _stood = stands;
        _ageAtRejection = unseen;
        double moved = angle - _rejectedAngle;
        bool possible = !first && Math.Abs(moved) <= FastestJoint * velocityLimit * (_observer.Age - _rejectedAge);
        if (!possible)
            _astray = 0.0;
        else if (moved != 0.0)
            _astray += moved - (_observer.Position - _rejectedPosition);

        // One outlier says nothing of the frames before it, several do, and so does an encoder that stands.
        if (!_takenBack && !_isDistrusted && _observer.Age <= LongestPrediction && (stands || RejectedFor >= Outlier))
        {
            _observer.Adopt(_older);
            _takenBack = true;
        }

        _rejectedAngle = angle;
        _rejectedPosition = _observer.Position;
        _rejectedAge = _observer.Age;
    }

    private void BelieveAll()
    {
        Innovation = 0.0;
        _older = _younger = _observer;
        _sinceSnapshot = 0.0;
        _ageAtRejection = 0.0;
        _astray = 0.0;
        _takenBack = false;
        _isDistrusted = false;
        _takesItsWord = false;
    }
}
