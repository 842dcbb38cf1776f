using System.Runtime.InteropServices;

namespace LiquidControl.Realtime;

/// <summary>How a cycle kept its time; all ns. Also what a file or ring of timings holds, one after the other.</summary>
/// <param name="DeadlineNs">When it was to wake, on the monotonic clock.</param>
/// <param name="WakeLatenessNs">From then until it ran.</param>
/// <param name="FinishLatenessNs">From then until its work was done.</param>
/// <param name="Skipped">Periods let go before it.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct CycleTiming(long DeadlineNs, long WakeLatenessNs, long FinishLatenessNs, long Skipped);
