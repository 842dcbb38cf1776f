using LiquidControl.Control;
using LiquidControl.Devices.Chips;
using LiquidControl.Numerics;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Observing;

/// <summary>
/// What the sensors of one joint read of its true motion: noise of <see cref="SensorNoise.Typical"/>, then the chips' quantisation. The gyro
/// at the tool is turned to the joint's axis by the posture, whose error is far below its noise.
/// </summary>
/// <param name="encoder">Scale of the joint's encoder.</param>
/// <param name="current">Scale of its motor's current sensor.</param>
public sealed class JointSensors(EncoderScale encoder, CurrentScale current)
{
    /// <summary>Standard deviation of the gyro's offset, which differs from move to move: what a calibration at rest leaves, rad/s.</summary>
    public const double GyroOffset = 5e-3;

    private static readonly SensorNoise Noise = SensorNoise.Typical;
    private static readonly double GyroResolution = Mpu6050.AngularVelocity(1) - Mpu6050.AngularVelocity(0);

    /// <summary>Variance of an encoder reading, rad².</summary>
    public double EncoderVariance => Variance(Noise.Encoder, encoder.Resolution);

    /// <summary>Variance of a gyro reading about its offset, (rad/s)².</summary>
    public static double GyroVariance => Variance(Noise.AngularRate, GyroResolution);

    /// <summary>A reading of a channel, in its unit; 0 of a query.</summary>
    /// <param name="channel">Which.</param>
    /// <param name="motion">The truth.</param>
    /// <param name="time">When, s.</param>
    /// <param name="gyroOffset">Of this move, rad/s.</param>
    /// <param name="random">The channel's noise; one number is drawn.</param>
    public double Read(SampleChannel channel, JointMotion motion, double time, double gyroOffset, RandomStream random) => channel switch
    {
        SampleChannel.Encoder => encoder.Angle(encoder.Counts(motion.Position(time) + (Noise.Encoder * random.Normal()))),
        SampleChannel.Gyro => GyroResolution * Math.Round(
            (motion.AxisRate(time) + gyroOffset + (Noise.AngularRate * random.Normal())) / GyroResolution),
        SampleChannel.Current => current.Ampere(current.Counts(motion.Current(time) + (Noise.Current * random.Normal()))),
        _ => 0.0,
    };

    private static double Variance(double noise, double resolution) => (noise * noise) + (resolution * resolution / 12.0);
}
