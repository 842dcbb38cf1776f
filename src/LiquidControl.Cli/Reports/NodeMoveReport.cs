namespace LiquidControl.Cli.Reports;

/// <summary>What `hil move --json` prints.</summary>
internal sealed record NodeMoveReport(
    bool Reached, string Robot, string Controller, double FinalPositionErrorMm, string State, string Faults, long Cycles, long LateCycles,
    long SkippedPeriods, double SlowestCycleUs, double BusTimeUsACycle);
