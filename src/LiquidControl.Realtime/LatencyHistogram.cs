using HdrHistogram;

namespace LiquidControl.Realtime;

/// <summary>Counts of latencies, ns, to three digits; recording takes nanoseconds and 0 bytes. One thread records.</summary>
public sealed class LatencyHistogram
{
    /// <summary>1 minute; what is longer counts as this long, where the histogram itself would throw.</summary>
    public const long LongestNs = 60_000_000_000;

    private const int Digits = 3;

    private readonly LongHistogram _counts = new(LongestNs, Digits);

    public LatencyHistogram()
    {
        // The first record of a process takes a kilobyte for the library's own tables.
        _counts.RecordValue(0);
        _counts.Reset();
    }

    public long Count => _counts.TotalCount;

    /// <summary>Exact, unlike the percentiles; 0 when nothing was recorded.</summary>
    public long MaxNs { get; private set; }

    /// <summary>Below 0 counts as 0.</summary>
    public void Record(long ns)
    {
        long kept = Math.Clamp(ns, 0, LongestNs);
        if (kept > MaxNs)
            MaxNs = kept;
        _counts.RecordValue(kept);
    }

    /// <summary>What <paramref name="percent"/> of the latencies do not exceed, ns; within 0.1 %.</summary>
    public long AtPercentile(double percent) => _counts.GetValueAtPercentile(percent);
}
