using LiquidControl.Cli.Reports;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Daemon;

/// <summary>What the last seconds of a ring tell, whoever wrote it and however that ended.</summary>
internal static class BlackBox
{
    /// <param name="path">Of the ring, or of a copy.</param>
    /// <param name="seconds">Before its last record.</param>
    /// <exception cref="IOException">As of <see cref="RingFollower.Open"/>.</exception>
    public static (BlackBoxReport Report, CycleTable Table) Read(string path, double seconds)
    {
        using var ring = RingFollower.Open(path);
        var table = ring.ReadAll();
        table.KeepLast(seconds);
        var writer = ring.Writer();
        bool has = table.Rows.Count > 0;
        var times = has ? new LoopTimes(table) : null;
        var (fault, at) = has ? FirstFault(table) : default;
        return (new(
            ring.Description.Robot, path, RingFollower.Word(writer), ring.WriterProcess, table.Rows.Count, table.Seconds, ring.Corrupt, table.Missing,
            has ? table.Field("cycle").Whole(table.Rows[0].Bytes) : null, has ? (long)table.LastNumber("cycle") : null,
            has ? table.LastWord("state") : null, has ? table.LastWord("phase") : null, has ? table.LastWord("faults") : null, fault, at,
            times?.WakeLateness, times?.CycleTime, times?.Skipped, Verdict(ring, writer, table), Latch(path), Csv: null, Picture: null), table);
    }

    private static string Verdict(RingFollower ring, RingWriterState writer, CycleTable table)
    {
        string boot = ring.IsOfThisBoot ? "" : " It is of an earlier boot.";
        if (table.Rows.Count == 0) return $"No cycle in the ring: the arm was not activated since process {ring.WriterProcess} started.{boot}";
        string state = table.LastWord("state");
        bool powered = state is nameof(ControlState.Active) or nameof(ControlState.Holding) or nameof(ControlState.Stopped);
        return boot.Length > 0 ? $"The last state was {state}.{boot}" : writer switch
        {
            RingWriterState.Ended => $"Process {ring.WriterProcess} ended as it should, in the state {state}.",
            RingWriterState.Died when powered =>
                $"Process {ring.WriterProcess} ended without stopping the arm, in the state {state} (or this is a copy of its ring). "
                + "The next daemon refuses to activate until `liquidcontrol service clear`.",
            RingWriterState.Died => $"Process {ring.WriterProcess} ended without a word (or this is a copy of its ring); the outputs were off.",
            _ => $"Process {ring.WriterProcess} goes on, in the state {state}.",
        };
    }

    private static string? Latch(string ring) => File.Exists(DaemonPaths.LatchOf(ring)) ? File.ReadAllText(DaemonPaths.LatchOf(ring)) : null;

    /// <summary>The first record with faults after one without, or the first of all; when it was, s before the last.</summary>
    private static (string? Words, double? Seconds) FirstFault(CycleTable table)
    {
        var faults = table.Field("faults");
        for (int i = 0; i < table.Rows.Count; i++)
        {
            if (faults.Whole(table.Rows[i].Bytes) != 0) return (faults.Text(table.Rows[i].Bytes), -table.TimesBeforeLast()[i]);
        }

        return default;
    }
}
