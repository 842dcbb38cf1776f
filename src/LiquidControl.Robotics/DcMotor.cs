namespace LiquidControl.Robotics;

/// <summary>
/// A brushed DC motor behind a gear, at the joint. I = (duty·V - Ke·N·ω) / R, clamped to ±current limit; τ = η·Kt·N·I.
/// Units: Kt = Ke in N·m/A = V·s/rad, Ω, A, kg·m², N·m.
/// </summary>
public readonly record struct DcMotor(
    double GearRatio, double Efficiency, double TorqueConstant, double Resistance, double CurrentLimit, double RotorInertia)
{
    /// <summary>Rotor inertia as the joint feels it, N²·J, kg·m².</summary>
    public double ReflectedInertia => GearRatio * GearRatio * RotorInertia;

    /// <summary>Torque that the back-EMF takes for each rad/s of the joint, η·(Kt·N)²/R, N·m·s.</summary>
    public double BackEmfDamping => Torque(TorqueConstant * GearRatio / Resistance);

    /// <summary>Stall torque at the current limit, N·m.</summary>
    public double MaxTorque => Torque(CurrentLimit);

    /// <summary>Motor current, A, with the drive's current limit applied. Volts and rad/s at the joint.</summary>
    public double Current(double duty, double supplyVoltage, double jointVelocity) =>
        Math.Clamp((duty * supplyVoltage - TorqueConstant * GearRatio * jointVelocity) / Resistance, -CurrentLimit, CurrentLimit);

    /// <summary>Joint torque of a motor current, N·m.</summary>
    public double Torque(double current) => Efficiency * TorqueConstant * GearRatio * current;

    /// <summary>
    /// The duty in [-1, 1] that gives a torque (N·m) at this supply (V) and speed (rad/s), and the torque that duty really gives once duty
    /// and current are clamped. Without a positive, finite supply or with a torque or speed that is not finite: duty 0 and torque 0, an
    /// open bridge.
    /// </summary>
    public double Duty(double torque, double supplyVoltage, double jointVelocity, out double achievedTorque)
    {
        if (!(supplyVoltage > 0 && double.IsFinite(supplyVoltage) && double.IsFinite(torque) && double.IsFinite(jointVelocity)))
        {
            achievedTorque = 0;
            return 0;
        }

        double current = Math.Clamp(torque / Torque(1), -CurrentLimit, CurrentLimit);
        double duty = Math.Clamp((current * Resistance + TorqueConstant * GearRatio * jointVelocity) / supplyVoltage, -1, 1);
        achievedTorque = Torque(Current(duty, supplyVoltage, jointVelocity));
        return duty;
    }
}
