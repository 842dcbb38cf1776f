namespace LiquidControl.Training.Observing;

/// <summary>What a <see cref="JointKalmanFilter"/> believes of a joint and its sensors.</summary>
public sealed record JointModel
{
    /// <summary>S, the density of the white noise that moves the acceleration, rad²/s⁵.</summary>
    public required double JerkDensity { get; init; }

    /// <summary>α, 1/s; 0: the acceleration stays until something moves it.</summary>
    public double AccelerationDecay { get; init; }

    /// <summary>rad².</summary>
    public required double EncoderVariance { get; init; }

    /// <summary>(rad/s)².</summary>
    public required double GyroVariance { get; init; }

    /// <summary>Of the gyro's offset at the beginning, (rad/s)².</summary>
    public required double GyroOffsetVariance { get; init; }

    /// <summary>How fast that offset wanders, (rad/s)²/s.</summary>
    public double GyroOffsetWalk { get; init; }

    /// <summary>What the current says of the motion.</summary>
    public required CurrentModel Current { get; init; }

    /// <summary>Of a current about that, A².</summary>
    public required double CurrentVariance { get; init; }

    /// <summary>At the beginning, (rad/s)².</summary>
    public double FirstVelocityVariance { get; init; } = 1e-4;

    /// <summary>At the beginning, (rad/s²)².</summary>
    public double FirstAccelerationVariance { get; init; } = 1.0;
}
