namespace LiquidControl.Simulation;

/// <summary>How an inertial sensor counts. Axes are the tool's.</summary>
/// <param name="CountsPerG">Counts for standard gravity.</param>
/// <param name="CountsPerDegreePerSecond">Counts for 1 °/s.</param>
public readonly record struct ImuScale(double CountsPerG, double CountsPerDegreePerSecond)
{
    /// <summary>25 °C: T = counts / 340 + 36.53 °C (MPU-6050 register map, section 4.18).</summary>
    public const short RoomTemperatureCounts = -3920;

    private const double StandardGravity = 9.80665;

    /// <summary>The MPU-6050 at its default ranges, ±2 g and ±250 °/s (register map, sections 4.17 and 4.19).</summary>
    public static ImuScale Mpu6050 => new(16384, 131);

    /// <summary>Counts of a specific force in m/s², saturated.</summary>
    public short SpecificForce(double value) => Saturate(value / StandardGravity * CountsPerG);

    /// <summary>Counts of an angular rate in rad/s, saturated.</summary>
    public short AngularRate(double value) => Saturate(value * (180 / Math.PI) * CountsPerDegreePerSecond);

    private static short Saturate(double counts) => (short)Math.Clamp(Math.Round(counts), short.MinValue, short.MaxValue);
}
