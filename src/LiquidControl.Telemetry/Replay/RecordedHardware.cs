using LiquidControl.Control;

namespace LiquidControl.Telemetry.Replay;

/// <summary>Hardware and clock that say again what a record says they said.</summary>
internal sealed class RecordedHardware(int jointCount) : IArmHardware, IClock
{
    /// <summary>Longer than any network may take, ns.</summary>
    private const long TooLong = 3_600_000_000_000;

    private CycleRecord _record = new(jointCount);
    private int _asked;

    public int JointCount => jointCount;

    public long BusTimeNs => 0;

    /// <summary>
    /// A cycle asks when it begins, and a cycle with a network before and after that; how long it took is told by what the record says was
    /// made of it, not by this machine.
    /// </summary>
    public long NowNs
    {
        get
        {
            bool networkHasRun = ++_asked > 2;
            bool tookTooLong = networkHasRun && (_record.ResidualFault & ResidualFault.OverBudget) != 0;
            return _record.Sensors.TimestampNs + (tookTooLong ? TooLong : 0);
        }
    }

    /// <summary>On to the next cycle.</summary>
    public void Say(CycleRecord record)
    {
        _record = record;
        _asked = 0;
    }

    public void Configure()
    {
    }

    public void Activate()
    {
    }

    public HardwareFaults Read(long nowNs, SensorFrame frame)
    {
        _record.Sensors.CopyTo(frame);
        return _record.ReadFaults;
    }

    // A record holds both together; what only Disable said is asked for by no one who would act on it.
    public HardwareFaults Write(ReadOnlySpan<double> drive) => _record.WriteFaults;

    public HardwareFaults Disable() => _record.WriteFaults;
}
