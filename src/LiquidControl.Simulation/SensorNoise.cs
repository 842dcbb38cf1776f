namespace LiquidControl.Simulation;

/// <summary>Standard deviation of each sensor's white noise. Quantisation comes on top: it belongs to the chip, not to the scenario.</summary>
/// <param name="Encoder">rad at the joint.</param>
/// <param name="Current">A.</param>
/// <param name="Supply">V.</param>
/// <param name="SpecificForce">m/s².</param>
/// <param name="AngularRate">rad/s.</param>
public sealed record SensorNoise(double Encoder, double Current, double Supply, double SpecificForce, double AngularRate)
{
    public static SensorNoise None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>0.1 mrad at the encoders (metrics); the rest is an assumption in the size of the chips' data sheets.</summary>
    public static SensorNoise Typical { get; } = new(1e-4, 0.02, 0.01, 0.05, 1e-3);
}
