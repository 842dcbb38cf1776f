namespace LiquidControl.Realtime;

/// <summary>CLOCK_MONOTONIC: ns since boot, never set back. Neither call allocates.</summary>
public static unsafe class MonotonicClock
{
    private const long NsPerSecond = 1_000_000_000;

    /// <summary>ns.</summary>
    public static long NowNs
    {
        get
        {
            Libc.TimeSpec now;
            _ = Libc.ClockGetTime(Libc.MonotonicClockId, &now);
            return now.Seconds * NsPerSecond + now.Nanoseconds;
        }
    }

    /// <summary>
    /// Sleeps until an absolute time, ns; one that has passed returns at once, and a signal does not end it. False: the kernel refuses, as
    /// it does for a negative time.
    /// </summary>
    public static bool TryWaitUntil(long deadlineNs)
    {
        Libc.TimeSpec deadline;
        (deadline.Seconds, deadline.Nanoseconds) = Math.DivRem(deadlineNs, NsPerSecond);
        int error;
        do
        {
            error = Libc.ClockNanosleep(Libc.MonotonicClockId, Libc.AbsoluteTime, &deadline, null);
        }
        while (error == Libc.Interrupted);

        return error == 0;
    }
}
