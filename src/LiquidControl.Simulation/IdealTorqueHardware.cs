using LiquidControl.Control;

namespace LiquidControl.Simulation;

/// <summary>
/// An arm of ideal torque sources without chips: counts go to the frame as they are, drives are fractions of the torque limits. Measures no
/// current, supply or acceleration: those channels stay <see cref="ChannelStatus.Never"/>.
/// </summary>
public sealed class IdealTorqueHardware(int jointCount) : IArmHardware, IArmElectronics
{
    private readonly int[] _encoder = new int[jointCount];
    private readonly double[] _drive = new double[jointCount];
    private bool _dropEncoders;

    public int JointCount => jointCount;

    public long BusTimeNs => 0;

    public IArmHardware Hardware => this;

    public bool BridgesEnabled { get; private set; }

    public void Configure() => Disable();

    public void Activate()
    {
        Array.Clear(_drive);
        BridgesEnabled = true;
    }

    public HardwareFaults Read(long nowNs, SensorFrame frame)
    {
        frame.TimestampNs = nowNs;
        frame.EmergencyStop = false;
        frame.EmergencyStopStatus = ChannelStatus.Fresh;
        if (_dropEncoders)
        {
            _dropEncoders = false;
            for (int i = 0; i < _encoder.Length; i++)
            {
                if (frame.EncoderStatus[i] != ChannelStatus.Never) frame.EncoderStatus[i] = ChannelStatus.BusError;
            }

            return HardwareFaults.EncoderBus;
        }

        for (int i = 0; i < _encoder.Length; i++)
        {
            frame.EncoderCounts[i] = _encoder[i];
            frame.EncoderStatus[i] = ChannelStatus.Fresh;
            frame.EncoderTimestampNs[i] = nowNs;
        }

        return HardwareFaults.None;
    }

    public HardwareFaults Write(ReadOnlySpan<double> drive)
    {
        for (int i = 0; i < _drive.Length; i++)
            _drive[i] = double.IsNaN(drive[i]) ? 0 : Math.Clamp(drive[i], -1, 1);
        return HardwareFaults.None;
    }

    public HardwareFaults Disable()
    {
        BridgesEnabled = false;
        Array.Clear(_drive);
        return HardwareFaults.None;
    }

    public void CopyDrives(Span<double> drive) => _drive.CopyTo(drive);

    public void AdvanceTo(long nowNs)
    {
        // No timers.
    }

    public void Publish(SensorReadings readings, bool dropEncoders)
    {
        readings.Encoder.CopyTo(_encoder, 0);
        _dropEncoders = dropEncoders;
    }
}
