using LiquidControl.Realtime;

namespace LiquidControl.Simulation.Nodes;

/// <summary>Waits out the time a transfer takes on the wire.</summary>
internal static class WireClock
{
    /// <summary>
    /// So much of a wait is spent looking at the clock: all of it but for long transfers and an adapter's time-out. Whoever slept would leave the processor to some
    /// process that may stay in the kernel for milliseconds, and the bus would seem slow where the machine is.
    /// </summary>
    private const long SpinNs = 1_500_000;

    /// <summary>Until the monotonic clock shows <paramref name="ns"/>. Returns how late it is then, ns.</summary>
    public static long WaitUntil(long ns)
    {
        if (ns - MonotonicClock.NowNs > SpinNs)
        {
            MonotonicClock.TryWaitUntil(ns - SpinNs);
        }

        long now = MonotonicClock.NowNs;
        while (now < ns)
        {
            Thread.SpinWait(1);
            now = MonotonicClock.NowNs;
        }

        return now - ns;
    }
}
