using LiquidControl.Control;
using LiquidControl.Realtime;

namespace LiquidControl.Service.Daemon;

/// <summary>The machine's monotonic clock as the cycle sees it.</summary>
internal sealed class LoopClock : IClock
{
    public long NowNs => MonotonicClock.NowNs;
}
