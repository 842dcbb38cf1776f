using System.Diagnostics;

namespace LiquidControl.Devices.Linux;

/// <summary>Durations of the monotonic clock.</summary>
internal static class MonotonicTicks
{
    /// <summary>ns of a difference of <see cref="Stopwatch.GetTimestamp"/> values; on Linux one tick is 1 ns.</summary>
    public static long ToNanoseconds(long ticks) => (long)((Int128)ticks * 1_000_000_000 / Stopwatch.Frequency);
}
