using Xunit;

namespace LiquidControl.Realtime.Tests;

public class PeriodicLoopTests
{
    private const long Period = 500_000;

    [Fact]
    public void Cycles_are_counted_in_order_and_cost_no_memory()
    {
        var body = new Body(cycles: 200);
        var loop = new PeriodicLoop(body, PeriodicSchedule.After(MonotonicClock.NowNs, Period));
        Assert.Equal(LoopEnd.Done, loop.Run());
        Assert.Equal(200, loop.Cycles);
        Assert.Equal(0, body.Allocated);
        for (int i = 0; i < body.Timings.Length; i++)
        {
            CycleTiming timing = body.Timings[i];
            Assert.Equal(0, timing.DeadlineNs % Period);
            Assert.True(timing.WakeLatenessNs >= 0 && timing.FinishLatenessNs >= timing.WakeLatenessNs);
            if (i > 0)
                Assert.Equal(body.Timings[i - 1].DeadlineNs + (timing.Skipped + 1) * Period, timing.DeadlineNs);
        }
    }

    [Fact]
    public void A_cycle_that_takes_too_long_costs_the_periods_it_took()
    {
        var body = new Body(cycles: 2) { WorkNs = 7 * Period + Period / 2 };
        new PeriodicLoop(body, PeriodicSchedule.After(MonotonicClock.NowNs, Period)).Run();
        Assert.True(body.Timings[1].Skipped >= 7, $"{body.Timings[1].Skipped} skipped");
        Assert.Equal(body.Timings[0].DeadlineNs + (body.Timings[1].Skipped + 1) * Period, body.Timings[1].DeadlineNs);
    }

    [Fact]
    public void Another_thread_can_stop_it()
    {
        var body = new Body(cycles: int.MaxValue);
        var loop = new PeriodicLoop(body, PeriodicSchedule.After(MonotonicClock.NowNs, Period));
        LoopEnd end = LoopEnd.Done;
        var thread = new Thread(() => end = loop.Run());
        thread.Start();
        SpinWait.SpinUntil(() => loop.Cycles > 3);
        loop.Stop();
        thread.Join();
        Assert.Equal(LoopEnd.Stopped, end);
    }

    [Fact]
    public void A_clock_that_refuses_ends_it() =>
        Assert.Equal(LoopEnd.ClockRefused, new PeriodicLoop(new Body(1), new PeriodicSchedule(Period, -1)).Run());

    private sealed class Body(int cycles) : ICycleBody
    {
        private long _count;
        private long _allocatedBefore;

        public CycleTiming[] Timings { get; } = new CycleTiming[Math.Min(cycles, 1000)];

        public long WorkNs { get; init; }

        public long Allocated { get; private set; }

        public bool Run(long deadlineNs, long skipped)
        {
            if (_count == 0)
                _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            for (long end = MonotonicClock.NowNs + WorkNs; MonotonicClock.NowNs < end;)
                continue;
            return _count + 1 < cycles;
        }

        public void Finished(in CycleTiming timing)
        {
            if (_count < Timings.Length)
                Timings[_count] = timing;
            _count++;
            Allocated = GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore;
        }
    }
}
