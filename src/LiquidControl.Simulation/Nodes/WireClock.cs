using System.Diagnostics;

namespace LiquidControl.Simulation.Nodes;

/// <summary>Waits out the time a transfer takes on the wire.</summary>
internal static class WireClock
{
    /// <summary>A sleep ends up to this much late, so the last part of a wait is spent looking at the clock.</summary>
    private const long SpinNs = 80_000;

    public static long NowNs => (long)((Int128)Stopwatch.GetTimestamp() * 1_000_000_000 / Stopwatch.Frequency);

    /// <summary>Until the monotonic clock shows <paramref name="ns"/>. Returns how late it is then, ns.</summary>
    public static long WaitUntil(long ns)
    {
        if (ns - NowNs > SpinNs)
        {
            NodeSyscalls.SleepUntil(ns - SpinNs);
        }

        long now = NowNs;
        while (now < ns)
        {
            Thread.SpinWait(1);
            now = NowNs;
        }

        return now - ns;
    }
}
