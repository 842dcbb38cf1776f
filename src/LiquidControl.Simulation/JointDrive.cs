using LiquidControl.Robotics;

namespace LiquidControl.Simulation;

/// <summary>
/// What turns one joint: a DC motor on an H-bridge, or an ideal torque source; behind either a first-order lag (the winding's), solved exactly.
/// The back-EMF acts with the velocity the step ends with.
/// </summary>
internal struct JointDrive
{
    private readonly DcMotor _motor;
    private readonly DcMotor _unlimited;
    private readonly double _idealTorque;
    private readonly double _backEmfDamping;
    private readonly PowerOff _powerOff;
    private double _torque;

    /// <summary>A DC motor.</summary>
    public JointDrive(in DcMotor motor, PowerOff powerOff)
    {
        _motor = motor;
        _unlimited = motor with { CurrentLimit = double.PositiveInfinity };
        _backEmfDamping = motor.BackEmfDamping;
        _powerOff = powerOff;
    }

    /// <summary>An ideal torque source: torque = drive · limit; coasts when off.</summary>
    public JointDrive(double torqueLimit) => _idealTorque = torqueLimit;

    /// <summary>Delivered torque at the joint, N·m.</summary>
    public readonly double Torque => _torque;

    /// <summary>The motor current that makes the delivered torque, A; 0 for an ideal torque source.</summary>
    public readonly double Current => _motor.GearRatio > 0 ? _torque / _motor.Torque(1) : 0;

    public void Reset(double torque) => _torque = torque;

    /// <summary>The drive in [-1, 1] that holds a torque at standstill.</summary>
    public readonly double HoldingDrive(double torque, double supply) =>
        _motor.GearRatio > 0 ? _motor.Duty(torque, supply, 0, out _) : Math.Clamp(torque / _idealTorque, -1, 1);

    /// <summary>
    /// The piece of the torque delivered at the end of a step that ends at a velocity; the lag keeps <paramref name="decay"/> of the old. See
    /// <see cref="LinearTorque.Piece"/> for <paramref name="from"/>.
    /// </summary>
    public readonly LinearTorque PieceAt(double velocity, double drive, double supply, bool enabled, double decay, int from = 0)
    {
        double kept = decay * _torque;
        double share = 1 - decay;
        if (_motor.GearRatio == 0) return new(kept + (enabled ? share * drive * _idealTorque : 0), 0, 0);
        if (!enabled && _powerOff == PowerOff.Coast) return new(kept, 0, 0);

        if (enabled)
        {
            double current = _motor.Current(drive, supply, velocity);
            if (current >= _motor.CurrentLimit && from != 2) return new(kept + share * _motor.Torque(current), 0, 1);
            if (current <= -_motor.CurrentLimit && from != 1) return new(kept + share * _motor.Torque(current), 0, 2);
        }

        double free = _unlimited.Current(enabled ? drive : 0, enabled ? supply : 0, velocity);
        double damping = share * _backEmfDamping;
        return new(kept + share * _motor.Torque(free) + damping * velocity, damping, 0);
    }

    /// <summary>Ends a step at a velocity.</summary>
    public void Commit(double velocity, double drive, double supply, bool enabled, double decay) =>
        _torque = PieceAt(velocity, drive, supply, enabled, decay).At(velocity);
}
