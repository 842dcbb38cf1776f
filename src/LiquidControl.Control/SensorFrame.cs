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

    /// <summary>Every field, in the order in which it counts in a hash.</summary>
    internal void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, IRecordVisitor, allows ref struct
    {
        TimestampNs = visitor.Integer("timestamp", "ns", TimestampNs);
        for (int i = 0; i < JointCount; i++)
        {
            EncoderCounts[i] = visitor.Integer("encoder_counts", "", EncoderCounts[i], i);
            EncoderStatus[i] = visitor.Choice("encoder_status", EncoderStatus[i], i);
            EncoderTimestampNs[i] = visitor.Integer("encoder_timestamp", "ns", EncoderTimestampNs[i], i);
            CurrentCounts[i] = visitor.Integer("current_counts", "", CurrentCounts[i], i);
            CurrentStatus[i] = visitor.Choice("current_status", CurrentStatus[i], i);
            CurrentTimestampNs[i] = visitor.Integer("current_timestamp", "ns", CurrentTimestampNs[i], i);
        }

        SupplyCounts = visitor.Integer("supply_counts", "", SupplyCounts);
        SupplyStatus = visitor.Choice("supply_status", SupplyStatus);
        SupplyTimestampNs = visitor.Integer("supply_timestamp", "ns", SupplyTimestampNs);
        ImuCounts[0] = visitor.Integer("acceleration_x_counts", "", ImuCounts[0]);
        ImuCounts[1] = visitor.Integer("acceleration_y_counts", "", ImuCounts[1]);
        ImuCounts[2] = visitor.Integer("acceleration_z_counts", "", ImuCounts[2]);
        ImuCounts[3] = visitor.Integer("temperature_counts", "", ImuCounts[3]);
        ImuCounts[4] = visitor.Integer("rotation_x_counts", "", ImuCounts[4]);
        ImuCounts[5] = visitor.Integer("rotation_y_counts", "", ImuCounts[5]);
        ImuCounts[6] = visitor.Integer("rotation_z_counts", "", ImuCounts[6]);
        ImuStatus = visitor.Choice("imu_status", ImuStatus);
        ImuTimestampNs = visitor.Integer("imu_timestamp", "ns", ImuTimestampNs);
        EmergencyStop = visitor.Flag("emergency_stop", EmergencyStop);
        EmergencyStopStatus = visitor.Choice("emergency_stop_status", EmergencyStopStatus);
    }
}
