namespace LiquidControl.Cli.Reports;

/// <summary>
/// What `move --daemon --json` prints. Errors are those the daemon's records tell: of the arm as its own encoders see it, against reference
/// and goal.
/// </summary>
/// <param name="Reached">Whether the arm settled within 2 mm of the goal and the controller is Active.</param>
/// <param name="Robot">Its name.</param>
/// <param name="FinalPositionErrorMm">Mean over [T + 0.48 s, T + 0.60 s], T the planned arrival.</param>
/// <param name="FinalOrientationErrorMrad">The same of the tool's orientation.</param>
/// <param name="PathErrorMaxMm">Largest distance of the tool to the reference.</param>
/// <param name="SettleMs">Last time farther than 2 mm from the goal, minus T.</param>
/// <param name="DurationS">T.</param>
/// <param name="ToolM">Where the tool ended, base frame.</param>
/// <param name="GoalToolM">Where it was to end.</param>
/// <param name="State">Of the controller at the end.</param>
/// <param name="Faults">Words joined by |.</param>
/// <param name="Cycles">Of the move, the time after it included; the numbers below are of these.</param>
/// <param name="LateCycles">Before which at least one period was let go.</param>
/// <param name="SkippedPeriods">Let go.</param>
/// <param name="WakeLateness">From the deadline until the cycle began.</param>
/// <param name="CycleTime">From its beginning until its work was done.</param>
/// <param name="LimiterInterventions">Cycles in which the limiter or a drive changed the command.</param>
/// <param name="MissingRecords">Cycles that were not read, so that nothing is known of them.</param>
internal sealed record DaemonMoveReport(
    bool Reached, string Robot, double FinalPositionErrorMm, double FinalOrientationErrorMrad, double PathErrorMaxMm, double SettleMs,
    double DurationS, double[] ToolM, double[] GoalToolM, string State, string Faults, long Cycles, long LateCycles, long SkippedPeriods,
    LatencyRow WakeLateness, LatencyRow CycleTime, long LimiterInterventions, long MissingRecords);
