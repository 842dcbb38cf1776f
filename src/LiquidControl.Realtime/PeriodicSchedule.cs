namespace LiquidControl.Realtime;

/// <summary>
/// Deadlines on a grid that is never left: a cycle that ends after the next deadlines skips them, counted, and nothing is caught up
/// (as ros2_control does).
/// </summary>
public struct PeriodicSchedule
{
    /// <param name="periodNs">At least 1.</param>
    /// <param name="firstDeadlineNs">Also fixes where the grid lies.</param>
    public PeriodicSchedule(long periodNs, long firstDeadlineNs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(periodNs, 1);
        PeriodNs = periodNs;
        DeadlineNs = firstDeadlineNs;
    }

    public long PeriodNs { get; }

    /// <summary>The one to wait for now.</summary>
    public long DeadlineNs { get; private set; }

    /// <summary>Deadlines let go so far.</summary>
    public long Skipped { get; private set; }

    /// <summary>The first deadline after a time, on the grid of multiples of the period plus a phase, ns.</summary>
    public static PeriodicSchedule After(long nowNs, long periodNs, long phaseNs = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(periodNs, 1);
        long since = (nowNs - phaseNs) % periodNs;
        return new(periodNs, nowNs - (since < 0 ? since + periodNs : since) + periodNs);
    }

    /// <summary>On to the first deadline that lies after <paramref name="nowNs"/>. Gives the periods skipped in between.</summary>
    public long Advance(long nowNs)
    {
        DeadlineNs += PeriodNs;
        if (nowNs < DeadlineNs)
            return 0;
        long skipped = (nowNs - DeadlineNs) / PeriodNs + 1;
        DeadlineNs += skipped * PeriodNs;
        Skipped += skipped;
        return skipped;
    }
}
