namespace LiquidControl.Realtime;

/// <summary>How a loop came to its end.</summary>
public enum LoopEnd
{
    /// <summary>The body said so.</summary>
    Done,

    /// <summary><see cref="PeriodicLoop.Stop"/> was called.</summary>
    Stopped,

    /// <summary>The kernel would not wait.</summary>
    ClockRefused,
}

/// <summary>Wait, work, count: one thread runs it, and after its start it neither allocates nor takes a lock.</summary>
public sealed class PeriodicLoop(ICycleBody body, PeriodicSchedule schedule)
{
    private PeriodicSchedule _schedule = schedule;
    private volatile bool _stopping;
    private long _cycles;

    /// <summary>Cycles done; any thread may look, as a watchdog does.</summary>
    public long Cycles => Volatile.Read(ref _cycles);

    /// <summary>Ends it after the cycle that is due next; from any thread.</summary>
    public void Stop() => _stopping = true;

    public LoopEnd Run()
    {
        long skipped = 0;
        while (true)
        {
            long deadline = _schedule.DeadlineNs;
            if (!MonotonicClock.TryWaitUntil(deadline))
                return LoopEnd.ClockRefused;
            long woken = MonotonicClock.NowNs;
            bool more = body.Run(deadline, skipped);
            long finished = MonotonicClock.NowNs;
            body.Finished(new(deadline, woken - deadline, finished - deadline, skipped));
            Volatile.Write(ref _cycles, _cycles + 1);
            if (!more)
                return LoopEnd.Done;
            if (_stopping)
                return LoopEnd.Stopped;
            skipped = _schedule.Advance(finished);
        }
    }
}
