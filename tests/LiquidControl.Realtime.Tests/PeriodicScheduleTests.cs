using CsCheck;
using Xunit;

namespace LiquidControl.Realtime.Tests;

public class PeriodicScheduleTests
{
    private static readonly Gen<(long Period, long Phase, long Start, long[] Busy)> Runs = Gen.Select(
        Gen.Long[1, 5_000_000], Gen.Long[-10_000_000, 10_000_000], Gen.Long[0, 1L << 60], Gen.Long[0, 30_000_000].Array[1, 50]);

    [Fact]
    public void Deadlines_stay_on_the_grid_and_none_is_caught_up() =>
        Runs.Sample(
            run =>
            {
                var schedule = PeriodicSchedule.After(run.Start, run.Period, run.Phase);
                long first = schedule.DeadlineNs, advances = 0, skipped = 0;
                Assert.InRange(first, run.Start + 1, run.Start + run.Period);
                Assert.Equal(0, (first - run.Phase) % run.Period);
                foreach (long busy in run.Busy)
                {
                    long before = schedule.DeadlineNs, now = before + busy;
                    long one = schedule.Advance(now);
                    advances++;
                    skipped += one;
                    Assert.True(schedule.DeadlineNs > now, "a deadline that has passed is waited for");
                    Assert.Equal(before + (one + 1) * run.Period, schedule.DeadlineNs);
                    Assert.True(one == 0 || schedule.DeadlineNs - run.Period <= now, "a deadline that could be met was skipped");
                    Assert.Equal(first + (advances + skipped) * run.Period, schedule.DeadlineNs);
                    Assert.Equal(skipped, schedule.Skipped);
                }
            },
            seed: "0000KpZv5ym3", iter: 2000, threads: 1);

    [Fact]
    public void Work_within_the_period_skips_nothing_and_beyond_it_whole_periods()
    {
        var schedule = new PeriodicSchedule(1000, 5000);
        Assert.Equal(0, schedule.Advance(5999));
        Assert.Equal(6000, schedule.DeadlineNs);
        Assert.Equal(1, schedule.Advance(7000));
        Assert.Equal(8000, schedule.DeadlineNs);
        Assert.Equal(3, schedule.Advance(11_500));
        Assert.Equal(12_000, schedule.DeadlineNs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_period_that_is_none_is_refused(long period)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeriodicSchedule(period, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PeriodicSchedule.After(0, period));
    }
}
