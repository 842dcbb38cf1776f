using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Realtime;
using LiquidControl.Telemetry;

namespace LiquidControl.Service.Daemon;

/// <summary>Puts every cycle into the shared ring: its record, then the times of the cycle before it.</summary>
internal sealed class CyclePublisher : IDisposable
{
    /// <summary>Of the ring; at 500 Hz.</summary>
    private const double Seconds = 16.0;

    private readonly CycleLayout _layout;
    private readonly SharedRingWriter _ring;

    /// <param name="path">Of the ring.</param>
    /// <param name="arm">Whose cycles they are.</param>
    /// <param name="origin">What a recording of them needs to say of itself.</param>
    public CyclePublisher(string path, ArmDescription arm, RecordingOrigin origin)
    {
        _layout = new(arm.JointCount);
        PeriodNs = (long)(1e9 / arm.Rate);
        int capacity = (int)(Seconds * arm.Rate);
        _ring = SharedRingWriter.Create(path, _layout.Size + Unsafe.SizeOf<CycleTiming>(), capacity, RingDescription.Of(arm, _layout, origin));
    }

    public long PeriodNs { get; }

    /// <summary>Whether the outputs may be on; to be said before they are, so that a daemon that is killed just then has said so.</summary>
    public bool HasPower
    {
        set => _ring.IsPowered = value;
    }

    public void Publish(CycleRecord record, in CycleTiming before)
    {
        var bytes = _ring.Begin();
        _layout.Write(record, bytes);
        MemoryMarshal.Write(bytes[_layout.Size..], in before);
        _ring.Commit();
    }

    /// <summary>Writes a record without showing it.</summary>
    public void Rehearse(CycleRecord record) => _layout.Write(record, _ring.Begin());

    public void Dispose() => _ring.Dispose();
}
