namespace LiquidControl.Cli.Reports;

/// <summary>What `move --json` prints; metrics as the README defines them.</summary>
internal sealed record MoveReport(
    bool Reached, string Robot, string Controller, double FinalPositionErrorMm, double FinalOrientationErrorMrad, double PathErrorMaxMm,
    double SettleMs, long Cycles, long LateCycles, long DroppedCycles, long AllocatedBytes, double SlowestCycleUs, long LimiterInterventions,
    string StateHash, double RealTimeFactor);
