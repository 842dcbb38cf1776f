using LiquidControl.Cli.Reports;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Daemon;

/// <summary>How punctual the loop was; each record carries the times of the cycle before it.</summary>
internal sealed class LoopTimes
{
    private readonly LatencyHistogram _wake = new();
    private readonly LatencyHistogram _work = new();

    public LoopTimes(CycleTable table)
    {
        var deadline = table.Field("loop_deadline");
        var wake = table.Field("loop_wake_lateness");
        var finish = table.Field("loop_finish_lateness");
        var skipped = table.Field("loop_skipped");
        foreach (var row in table.Rows)
        {
            // The record of an activation has none, and the first cycle of a daemon may have none before it.
            if (deadline.Whole(row.Bytes) == 0) continue;
            long late = wake.Whole(row.Bytes);
            _wake.Record(late);
            _work.Record(finish.Whole(row.Bytes) - late);
            Skipped += skipped.Whole(row.Bytes);
            if (skipped.Whole(row.Bytes) > 0) LateCycles++;
        }
    }

    /// <summary>From the deadline until the cycle began.</summary>
    public LatencyRow WakeLateness => Row(_wake);

    /// <summary>From its beginning until its work was done.</summary>
    public LatencyRow CycleTime => Row(_work);

    /// <summary>Whole periods let go.</summary>
    public long Skipped { get; }

    /// <summary>Cycles before which at least one period was let go.</summary>
    public long LateCycles { get; }

    private static LatencyRow Row(LatencyHistogram counts) => counts.Count == 0
        ? new(0.0, 0.0, 0.0)
        : new(1e-3 * counts.AtPercentile(50.0), 1e-3 * counts.AtPercentile(99.0), 1e-3 * counts.MaxNs);
}
