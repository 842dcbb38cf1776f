using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LiquidControl.Realtime;

namespace LiquidControl.Service.Jitter;

/// <summary>Every measured cycle's times: in memory taken beforehand, in histograms, and in a ring for whoever looks on.</summary>
internal sealed class TimingLog : IDisposable
{
    private const int RingCapacity = 8192;

    /// <summary>Of the ring's records, for their readers.</summary>
    private static ReadOnlySpan<byte> RingDescription =>
        """{"record":"cycle timing","fields":[["deadlineNs","i64"],["wakeLatenessNs","i64"],["finishLatenessNs","i64"],["skipped","i64"]]}"""u8;

    private readonly NativeBuffer<CycleTiming> _timings;
    private readonly SharedRingWriter? _ring;

    /// <param name="capacity">Cycles.</param>
    /// <param name="ring">Path of the ring; null for none.</param>
    public TimingLog(int capacity, string? ring)
    {
        _timings = new(capacity);
        _ring = ring is null ? null : SharedRingWriter.Create(ring, Unsafe.SizeOf<CycleTiming>(), RingCapacity, RingDescription);
    }

    public int Count { get; private set; }

    public LatencyHistogram Wake { get; } = new();

    /// <summary>From waking to the end of the work.</summary>
    public LatencyHistogram Work { get; } = new();

    /// <summary>Periods let go among the measured cycles.</summary>
    public long Skipped { get; private set; }

    public bool IsFull => Count == _timings.Length;

    public void Add(in CycleTiming timing)
    {
        _timings.Span[Count++] = timing;
        Wake.Record(timing.WakeLatenessNs);
        Work.Record(timing.FinishLatenessNs - timing.WakeLatenessNs);
        Skipped += timing.Skipped;
        if (_ring is null)
            return;
        MemoryMarshal.Write(_ring.Begin(), in timing);
        _ring.Commit();
    }

    public void WriteTo(string path)
    {
        using FileStream file = File.Create(path);
        file.Write(MemoryMarshal.AsBytes(_timings.Span[..Count]));
    }

    public void Dispose()
    {
        _timings.Dispose();
        _ring?.Dispose();
    }
}
