using LiquidControl.Control;
using LiquidControl.Realtime;

namespace LiquidControl.Devices;

/// <summary>The machine's monotonic clock, for a cycle that drives real hardware.</summary>
public sealed class MachineClock : IClock
{
    public long NowNs => MonotonicClock.NowNs;
}
