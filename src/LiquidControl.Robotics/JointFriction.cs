using LiquidControl.Numerics;

namespace LiquidControl.Robotics;

/// <summary>Coulomb and viscous friction (N·m, N·m·s/rad), stiction as a multiple of Coulomb, Stribeck velocity (rad/s).</summary>
public readonly record struct JointFriction(double Coulomb, double Viscous, double StictionRatio, double StribeckVelocity)
{
    /// <summary>
    /// Coulomb·(1 + (ratio - 1)·exp(-(v/vs)²)): the sliding force's size at speed v, without sign or viscous part (Stribeck's curve).
    /// </summary>
    public double SlidingForce(double velocity)
    {
        double ratio = velocity == 0 ? 0 : velocity / StribeckVelocity;
        return Coulomb * (1 + (StictionRatio - 1) * Elementary.Exp(-ratio * ratio));
    }
}
