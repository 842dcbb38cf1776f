using LiquidControl.Numerics;
using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>Friction torque the model expects at a reference velocity: smooth through zero, so that it never chatters at rest.</summary>
public static class FrictionFeedforward
{
    /// <summary>Below this the sign of the motion is faded, rad/s.</summary>
    private const double SignWidth = 0.02;

    public static void Torque(ReadOnlySpan<JointFriction> friction, ReadOnlySpan<double> referenceVelocity, Span<double> torque)
    {
        for (int i = 0; i < torque.Length; i++)
        {
            double v = referenceVelocity[i];
            torque[i] = friction[i].SlidingForce(v) * Elementary.Tanh(v / SignWidth) + friction[i].Viscous * v;
        }
    }
}
