namespace LiquidControl.Simulation;

/// <summary>What the chips would answer now: one entry a joint, raw counts.</summary>
public sealed class SensorReadings(int jointCount)
{
    public int[] Encoder { get; } = new int[jointCount];

    public int[] Current { get; } = new int[jointCount];

    /// <summary>V.</summary>
    public double Supply { get; set; }

    /// <summary>ax ay az T gx gy gz.</summary>
    public short[] Imu { get; } = new short[7];
}
