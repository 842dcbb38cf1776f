namespace LiquidControl.Robotics;

/// <summary>
/// A brushed DC motor behind a gear, at the joint. I = (duty·V - Ke·N·ω) / R, clamped to ±current limit; τ = η·Kt·N·I.
/// Units: Kt = Ke in N·m/A = V·s/rad, Ω, A, kg·m², N·m. (Being written.)
/// </summary>
public readonly record struct DcMotor(double GearRatio, double Efficiency, double TorqueConstant, double Resistance, double CurrentLimit, double RotorInertia)
{
    public double ReflectedInertia => GearRatio * GearRatio * RotorInertia;
    /// <summary>Stall torque at the current limit, N·m.</summary>
    public double MaxTorque => throw new NotImplementedException();
    /// <summary>Motor current, A, with the drive's current limit applied.</summary>
    public double Current(double duty, double supplyVoltage, double jointVelocity) => throw new NotImplementedException();
    /// <summary>Joint torque of a motor current, N·m.</summary>
    public double Torque(double current) => throw new NotImplementedException();
    /// <summary>The duty in [-1, 1] that gives a torque at this supply and speed, and the torque that duty really gives once clamped.</summary>
    public double Duty(double torque, double supplyVoltage, double jointVelocity, out double achievedTorque) => throw new NotImplementedException();
}

/// <summary>Coulomb and viscous friction (N·m, N·m·s/rad), stiction as a multiple of Coulomb, Stribeck velocity (rad/s).</summary>
public readonly record struct JointFriction(double Coulomb, double Viscous, double StictionRatio, double StribeckVelocity)
{
    /// <summary>Coulomb·(1 + (ratio - 1)·exp(-(v/vs)²)): the sliding force's size at speed v, without sign or viscous part.</summary>
    public double SlidingForce(double velocity) => throw new NotImplementedException();
}
