using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>
/// A motor as a sensor of its joint's speed. Its back-EMF is what the bridge's voltage exceeds the winding's by: where less torque comes than
/// was applied, by the motor's current, the joint turns faster than the drive was told.
/// </summary>
public static class MotorSpeed
{
    /// <summary>A, as much as a current sensor's noise: a motor that should take several times as much and takes none tells nothing, its wire is broken.</summary>
    private const double NoCurrent = 0.05;

    /// <summary>rad/s; 0 where the difference is within what the torques may be wrong by.</summary>
    /// <param name="motor">The motor.</param>
    /// <param name="applied">Torque it should give, N·m.</param>
    /// <param name="shortfall">What that exceeds the torque of the measured current by, N·m.</param>
    /// <param name="wrongPart">Part of the applied torque that may be wrong: a warm winding.</param>
    /// <param name="noisePart">Part of the largest torque that may be noise.</param>
    public static double FasterThanBelieved(in DcMotor motor, double applied, double shortfall, double wrongPart, double noisePart)
    {
        double nothing = motor.Torque(NoCurrent);
        if (Math.Abs(applied) > 6.0 * nothing && Math.Abs(applied - shortfall) < nothing)
            return 0.0;
        double allowed = Allowed(motor, applied, wrongPart, noisePart);
        return (shortfall - Math.Clamp(shortfall, -allowed, allowed)) / motor.BackEmfDamping;
    }

    /// <summary>What a torque may be wrong by, N·m.</summary>
    public static double Allowed(in DcMotor motor, double applied, double wrongPart, double noisePart) =>
        wrongPart * Math.Abs(applied) + noisePart * motor.MaxTorque;
}
