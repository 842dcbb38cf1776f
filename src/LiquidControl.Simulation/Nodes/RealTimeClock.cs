using LiquidControl.Control;

namespace LiquidControl.Simulation.Nodes;

/// <summary>The machine's monotonic clock, for a loop that drives an arm through the nodes.</summary>
public sealed class RealTimeClock : IClock
{
    public long NowNs => WireClock.NowNs;

    /// <summary>The calling thread goes before others where that is allowed, and wakes when it wants to.</summary>
    public static void BecomeUrgent() => NodeSyscalls.BecomeUrgent();

    public static void SleepUntil(long ns) => NodeSyscalls.SleepUntil(ns);
}
