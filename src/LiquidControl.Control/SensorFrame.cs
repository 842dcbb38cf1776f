using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// What one Read brought in: raw counts as the chips gave them, with status and timestamp (ns, monotonic clock) per channel.
/// A failed read is data, not an exception: the channel keeps its last good counts and says so in its status.
/// </summary>
public sealed class SensorFrame(int jointCount)
{
    /// <summary>Start of the cycle, ns.</summary>
    public long TimestampNs { get; set; }

    /// <summary>Absolute encoder counts on the output shafts.</summary>
    public int[] EncoderCounts { get; } = new int[jointCount];

    public ChannelStatus[] EncoderStatus { get; } = new ChannelStatus[jointCount];

    public long[] EncoderTimestampNs { get; } = new long[jointCount];

    /// <summary>Motor current counts.</summary>
    public int[] CurrentCounts { get; } = new int[jointCount];

    public ChannelStatus[] CurrentStatus { get; } = new ChannelStatus[jointCount];

    public long[] CurrentTimestampNs { get; } = new long[jointCount];

    /// <summary>Supply voltage counts (INA219 bus register: 4 mV).</summary>
    public int SupplyCounts { get; set; }

    public ChannelStatus SupplyStatus { get; set; }

    public long SupplyTimestampNs { get; set; }

    /// <summary>ax ay az T gx gy gz of the tool's IMU.</summary>
    public short[] ImuCounts { get; } = new short[7];

    public ChannelStatus ImuStatus { get; set; }

    public long ImuTimestampNs { get; set; }

    /// <summary>True when the emergency-stop circuit is open (pressed or broken wire).</summary>
    public bool EmergencyStop { get; set; }

    public ChannelStatus EmergencyStopStatus { get; set; }

    public int JointCount => EncoderCounts.Length;

    public void CopyTo(SensorFrame other)
    {
        other.TimestampNs = TimestampNs;
        EncoderCounts.AsSpan().CopyTo(other.EncoderCounts);
        EncoderStatus.AsSpan().CopyTo(other.EncoderStatus);
        EncoderTimestampNs.AsSpan().CopyTo(other.EncoderTimestampNs);
        CurrentCounts.AsSpan().CopyTo(other.CurrentCounts);
        CurrentStatus.AsSpan().CopyTo(other.CurrentStatus);
        CurrentTimestampNs.AsSpan().CopyTo(other.CurrentTimestampNs);
        other.SupplyCounts = SupplyCounts;
        other.SupplyStatus = SupplyStatus;
        other.SupplyTimestampNs = SupplyTimestampNs;
        ImuCounts.AsSpan().CopyTo(other.ImuCounts);
        other.ImuStatus = ImuStatus;
        other.ImuTimestampNs = ImuTimestampNs;
        other.EmergencyStop = EmergencyStop;
        other.EmergencyStopStatus = EmergencyStopStatus;
    }
    /// <summary>Every bit of it.</summary>
    internal void AddTo(ref StateHash hash)
    {
        hash.Add(TimestampNs);
        for (int i = 0; i < JointCount; i++)
        {
            hash.Add((long)EncoderCounts[i]);
            hash.Add((long)EncoderStatus[i]);
            hash.Add(EncoderTimestampNs[i]);
            hash.Add((long)CurrentCounts[i]);
            hash.Add((long)CurrentStatus[i]);
            hash.Add(CurrentTimestampNs[i]);
        }

        hash.Add((long)SupplyCounts);
        hash.Add((long)SupplyStatus);
        hash.Add(SupplyTimestampNs);
        foreach (short counts in ImuCounts)
            hash.Add((long)counts);
        hash.Add((long)ImuStatus);
        hash.Add(ImuTimestampNs);
        hash.Add(EmergencyStop ? 1L : 0L);
        hash.Add((long)EmergencyStopStatus);
    }
}
