namespace LiquidControl.Cli.Reports;

/// <summary>What `blackbox --json` prints.</summary>
/// <param name="Robot">Its name.</param>
/// <param name="Ring">The file.</param>
/// <param name="Writer">writing, ended, died or replaced.</param>
/// <param name="Process">That writes, or wrote.</param>
/// <param name="Records">Read, of the seconds asked for.</param>
/// <param name="Seconds">From the first of them to the last, on the cycle's clock.</param>
/// <param name="Corrupt">Records of the whole ring left out because of their checksum.</param>
/// <param name="Missing">Numbers missing between the first record and the last.</param>
/// <param name="FirstCycle">Of the first record, counted since Activate, which has a record of its own, -1; null without records, as are those below.</param>
/// <param name="LastCycle">Of the last.</param>
/// <param name="State">Of the last.</param>
/// <param name="Phase">Of the last.</param>
/// <param name="Faults">Of the last, words joined by |.</param>
/// <param name="FirstFault">The first fault of these records.</param>
/// <param name="FirstFaultSeconds">When it was, before the last record.</param>
/// <param name="WakeLateness">From the deadline until the cycle began.</param>
/// <param name="CycleTime">From its beginning until its work was done.</param>
/// <param name="SkippedPeriods">Let go because the loop was late.</param>
/// <param name="Verdict">How it ended, in words.</param>
/// <param name="Latch">Why the arm may not be activated before a clear; null where nothing says so.</param>
/// <param name="LeftByDied">The ring of the last daemon that ended with the outputs on, put aside by the one after it; null where there is none.</param>
/// <param name="Csv">File written.</param>
/// <param name="Picture">File written.</param>
internal sealed record BlackBoxReport(
    string Robot, string Ring, string Writer, long Process, int Records, double Seconds, long Corrupt, long Missing, long? FirstCycle,
    long? LastCycle, string? State, string? Phase, string? Faults, string? FirstFault, double? FirstFaultSeconds, LatencyRow? WakeLateness,
    LatencyRow? CycleTime, long? SkippedPeriods, string Verdict, string? Latch, string? LeftByDied, string? Csv, string? Picture);
