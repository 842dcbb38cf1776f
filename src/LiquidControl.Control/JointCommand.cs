namespace LiquidControl.Control;

/// <summary>What Infer asks for and Limit makes admissible.</summary>
public sealed class JointCommand(int jointCount)
{
    /// <summary>Torque to deliver, N·m.</summary>
    public double[] Torque { get; } = new double[jointCount];

    /// <summary>The part of the torque that came from the network's residual, N·m.</summary>
    public double[] Residual { get; } = new double[jointCount];

    /// <summary>Friction feed-forward, N·m: torque that the model expects not to accelerate anything.</summary>
    public double[] Friction { get; } = new double[jointCount];

    /// <summary>Acceleration the law asked for, feedback included, compensation not, rad/s².</summary>
    public double[] Acceleration { get; } = new double[jointCount];

    /// <summary>Acceleration that the torque is expected to bring about, rad/s²: what the next estimate looks ahead with.</summary>
    public double[] ExpectedAcceleration { get; } = new double[jointCount];

    public void Clear()
    {
        Array.Clear(Torque);
        Array.Clear(Residual);
        Array.Clear(Friction);
        Array.Clear(Acceleration);
        Array.Clear(ExpectedAcceleration);
    }
}
