using System.Diagnostics;
using Xunit;

namespace LiquidControl.Realtime.Tests;

public class MonotonicClockTests
{
    [Fact]
    public void It_is_the_clock_of_the_stopwatch()
    {
        long before = Stopwatch.GetTimestamp(), now = MonotonicClock.NowNs, after = Stopwatch.GetTimestamp();
        Assert.Equal(1_000_000_000, Stopwatch.Frequency);
        Assert.InRange(now, before, after);
    }

    [Fact]
    public void A_wait_never_ends_early_and_a_past_deadline_returns_at_once()
    {
        for (int i = 0; i < 20; i++)
        {
            long deadline = MonotonicClock.NowNs + 300_000;
            Assert.True(MonotonicClock.TryWaitUntil(deadline));
            Assert.True(MonotonicClock.NowNs >= deadline);
        }

        Assert.True(MonotonicClock.TryWaitUntil(1));
    }

    [Fact]
    public void A_time_before_the_clock_began_is_refused() => Assert.False(MonotonicClock.TryWaitUntil(-1));
}
