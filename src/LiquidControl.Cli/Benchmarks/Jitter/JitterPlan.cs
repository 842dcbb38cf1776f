namespace LiquidControl.Cli.Benchmarks.Jitter;

/// <summary>What runs beside the loop.</summary>
internal enum JitterLoad
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A process that allocates and reads the loop's ring.</summary>
    Allocator,

    /// <summary>That, and stress-ng on every processor.</summary>
    StressNg,
}

/// <summary>A measurement of `bench jitter`.</summary>
/// <param name="Seconds">To measure.</param>
/// <param name="Rate">Of the loop, Hz.</param>
/// <param name="Load">Beside it.</param>
/// <param name="LimitUs">Waking later than this is a miss.</param>
/// <param name="BusFaults">A fault on the buses in every hundredth cycle.</param>
/// <param name="Control">A second C thread is measured against the reference, as the loop is and in the same run.</param>
/// <param name="Processor">That all of them share.</param>
internal sealed record JitterPlan(double Seconds, int Rate, JitterLoad Load, double LimitUs, bool BusFaults, bool Control, int Processor)
{
    /// <summary>Of SCHED_FIFO, for the loop and the reference.</summary>
    public const int Priority = 80;

    /// <summary>A miss is explained by a stall of the other thread within this.</summary>
    public const long MarginNs = 2_000_000;

    public long PeriodNs => 1_000_000_000L / Rate;

    /// <summary>
    /// Of the reference's deadlines after the loop's. With a control the three share the period evenly: then loop and control have the
    /// reference equally near, the one before it and the other after.
    /// </summary>
    public long ReferencePhaseNs => PeriodNs / (Control ? 3 : 2);

    public long ControlPhaseNs => 2 * PeriodNs / 3;

    public int Cycles => (int)(Seconds * Rate);

    public long LimitNs => (long)(LimitUs * 1e3);
}
