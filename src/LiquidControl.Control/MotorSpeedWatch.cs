using LiquidControl.Numerics;
using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>
/// Compares each joint's motor with its encoder. Where both have parted for long the encoder drifts, or stands; where one turns as fast as the
/// other the other way, an encoder or a motor is connected the wrong way round. Needs a current sensor a joint.
/// </summary>
public sealed class MotorSpeedWatch
{
    /// <summary>They may part by this angle, rad.</summary>
    private const double Tolerance = 0.015;

    /// <summary>And by this while the encoder's count does not change at all, rad.</summary>
    private const double StandingTolerance = 0.005;

    /// <summary>What they parted by is forgotten by a first-order lag of this time, s.</summary>
    private const double Memory = 0.5;

    /// <summary>A winding is warmer than its data sheet's: the expected torque is wrong by this part of itself.</summary>
    private const double WrongPart = 0.15;

    /// <summary>And the measured one by this part of its limit: noise, delay.</summary>
    private const double Noise = 0.01;

    /// <summary>A speed is known by a first-order lag of this time, s.</summary>
    private const double Smoothing = 0.005;

    /// <summary>A supply that changed by more than this since it was read last, V, and not the joint, explains what was seen since.</summary>
    private const double SupplyStep = 0.5;

    /// <summary>A motor that turns the other way does so by more than this part of what its encoder says.</summary>
    private const double AgainstPart = 0.4;

    /// <summary>For so long, s, less the time in which it does not: a motor whose wires are exchanged drives its joint to and fro.</summary>
    private const double AgainstPatience = 0.016;

    /// <summary>By its motor a joint may exceed its limit by this factor, for so long, s: beyond it nobody waits until both have parted by an angle.</summary>
    private const double TooFast = 1.10, TooFastPatience = 0.003;

    /// <summary>An encoder that said nothing for so long, s, cannot be compared with.</summary>
    private const double Silent = 0.010;

    /// <summary>After Reset and a late cycle the observer needs so long to settle, s.</summary>
    private const double Settling = 0.100;

    /// <summary>The electronics let go of the bridges of a loop that is this late, s.</summary>
    private const double Late = 0.0095;

    private readonly ArmDescription _arm;
    private readonly double _late;
    private readonly double[] _faster;
    private readonly double[] _apart;
    private readonly double[] _standing;
    private readonly int[] _counts;
    private readonly double[] _againstFor;
    private readonly double[] _tooFastFor;
    private double _supply;
    private double _settling = Settling;

    public MotorSpeedWatch(ArmDescription arm)
    {
        _arm = arm;
        _late = Math.Max(Late, 1.9 / arm.Rate);
        _faster = new double[arm.JointCount];
        _apart = new double[arm.JointCount];
        _standing = new double[arm.JointCount];
        _counts = new int[arm.JointCount];
        _againstFor = new double[arm.JointCount];
        _tooFastFor = new double[arm.JointCount];
    }

    /// <summary>Whether a joint's motor turned against its encoder in the last Note.</summary>
    public bool IsAgainst { get; private set; }

    /// <summary>Whether a joint has turned otherwise than its encoder says; not yet, where it may turn against it.</summary>
    public bool HasParted(int joint) =>
        (Math.Abs(_apart[joint]) > Tolerance || Math.Abs(_standing[joint]) > StandingTolerance || _tooFastFor[joint] > TooFastPatience)
        && _againstFor[joint] == 0.0;

    /// <summary>How much faster a joint turns than its encoder says, rad/s.</summary>
    public double Faster(int joint) => _faster[joint];

    public void Reset()
    {
        _settling = Settling;
        Forget();
    }

    private void Forget()
    {
        Array.Clear(_faster);
        Array.Clear(_apart);
        Array.Clear(_standing);
        Array.Clear(_againstFor);
        Array.Clear(_tooFastFor);
        IsAgainst = false;
    }

    /// <summary>Takes in a cycle; nothing is found where the arm measures no currents.</summary>
    public void Note(SensorFrame frame, RobotState state)
    {
        if (_arm.Motors is not { } motors || _arm.Currents.Length == 0)
            return;
        double dt = Math.Max(state.Interval, 0.0);
        _settling = dt > _late ? Settling : Math.Max(_settling - dt, 0.0);
        if (_settling > 0.0 || Math.Abs(state.Supply - _supply) > SupplyStep)
            Forget();
        _supply = state.Supply;
        IsAgainst = false;
        bool isSupply = SeveralDiffer(state, motors);
        for (int i = 0; i < _apart.Length; i++)
        {
            if (state.Age[i] > Silent || _settling > 0.0)
            {
                _faster[i] = _apart[i] = _standing[i] = _againstFor[i] = _tooFastFor[i] = 0.0;
                continue;
            }

            // A rejected frame says nothing; what is believed instead is no encoder.
            if (state.IsRejected[i])
                continue;
            double damping = motors[i].BackEmfDamping, shortfall = state.TorqueShortfall[i];
            double applied = state.AppliedTorque[i], allowed = MotorSpeed.Allowed(motors[i], applied, WrongPart, Noise);
            double faster = MotorSpeed.FasterThanBelieved(motors[i], applied, shortfall, WrongPart, Noise);
            _apart[i] += dt * (faster - _apart[i] / Memory);
            _standing[i] = frame.EncoderCounts[i] == _counts[i] ? _standing[i] + dt * (faster - _standing[i] / Memory) : 0.0;
            _counts[i] = frame.EncoderCounts[i];
            _faster[i] += (1.0 - Elementary.Exp(-dt / Smoothing)) * (shortfall / damping - _faster[i]);
            double speed = state.Velocity[i], motor = speed + shortfall / damping;
            bool tooFast = !isSupply && faster * speed > 0.0 && Math.Abs(speed + faster) > TooFast * _arm.Limits[i].Velocity;
            _tooFastFor[i] = tooFast ? _tooFastFor[i] + dt : 0.0;
            bool against = Math.Abs(speed) * damping > allowed && motor * speed < -AgainstPart * speed * speed;
            _againstFor[i] = Math.Max(0.0, _againstFor[i] + (against ? dt : -dt));
            IsAgainst |= _againstFor[i] > AgainstPatience;
        }
    }

    /// <summary>One joint's motor differs from its encoder where that is wrong, those of all that drive where the supply is another than was read.</summary>
    private static bool SeveralDiffer(RobotState state, DcMotor[] motors)
    {
        int differ = 0;
        for (int i = 0; i < motors.Length; i++)
            differ += MotorSpeed.FasterThanBelieved(motors[i], state.AppliedTorque[i], state.TorqueShortfall[i], WrongPart, Noise) != 0.0 ? 1 : 0;
        return differ > 1;
    }
}
