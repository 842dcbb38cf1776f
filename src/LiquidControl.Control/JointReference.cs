namespace LiquidControl.Control;

/// <summary>Where the joints should be: rad, rad/s, rad/s².</summary>
public sealed class JointReference(int jointCount)
{
    public double[] Position { get; } = new double[jointCount];

    public double[] Velocity { get; } = new double[jointCount];

    public double[] Acceleration { get; } = new double[jointCount];

    internal void CopyTo(JointReference other)
    {
        Position.AsSpan().CopyTo(other.Position);
        Velocity.AsSpan().CopyTo(other.Velocity);
        Acceleration.AsSpan().CopyTo(other.Acceleration);
    }
}
