using Xunit;

namespace LiquidControl.Realtime.Tests;

public class LatencyHistogramTests
{
    [Fact]
    public void Percentiles_are_within_a_thousandth_and_the_maximum_is_exact()
    {
        var histogram = new LatencyHistogram();
        for (long ns = 1; ns <= 1_000_003; ns++)
            histogram.Record(ns);
        Assert.Equal(1_000_003, histogram.Count);
        Assert.Equal(1_000_003, histogram.MaxNs);
        Assert.Equal(500_000, histogram.AtPercentile(50), 500.0);
        Assert.Equal(999_000, histogram.AtPercentile(99.9), 1000.0);
    }

    [Fact]
    public void What_lies_beyond_its_range_is_counted_at_its_ends_and_nothing_is_thrown_or_allocated()
    {
        var histogram = new LatencyHistogram();
        long before = GC.GetAllocatedBytesForCurrentThread();
        histogram.Record(-5);
        histogram.Record(long.MinValue);
        histogram.Record(long.MaxValue);
        for (int i = 0; i < 10_000; i++)
            histogram.Record(i * 977L);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(10_003, histogram.Count);
        Assert.Equal(LatencyHistogram.LongestNs, histogram.MaxNs);
    }
}
