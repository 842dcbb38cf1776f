namespace LiquidControl.Cli.Reports;

/// <summary>What `watch --json` prints.</summary>
/// <param name="Robot">Its name.</param>
/// <param name="RateHz">Of the cycle.</param>
/// <param name="Writer">writing, ended, died or replaced.</param>
/// <param name="Process">That writes, or wrote.</param>
/// <param name="IsStale">Whether the values are those of a loop that runs no more.</param>
/// <param name="AgeMs">Of the last cycle; null where there is none, or it is of an earlier boot.</param>
/// <param name="WindowSeconds">That the numbers below are of, on the cycle's clock.</param>
/// <param name="Records">In that window.</param>
/// <param name="Missing">Records of that window that were lost or left out.</param>
/// <param name="Corrupt">Records left out because of their checksum, since the ring was opened.</param>
/// <param name="Cycle">Number of the last cycle since Activate; this and what follows is null where no cycle was written.</param>
/// <param name="State">Of the controller.</param>
/// <param name="Phase">Of the move.</param>
/// <param name="Faults">Words joined by |.</param>
/// <param name="Notices">What is amiss and made up for, in the same way.</param>
/// <param name="Supply">V.</param>
/// <param name="WakeLateness">From the deadline until the cycle began.</param>
/// <param name="CycleTime">From its beginning until its work was done.</param>
/// <param name="SkippedPeriods">In the window.</param>
/// <param name="Limiter">In how many cycles of the window the limiter or a drive changed the command, by what.</param>
/// <param name="Joints">Of the last cycle.</param>
internal sealed record WatchReport(
    string Robot, double RateHz, string Writer, long Process, bool IsStale, double? AgeMs, double WindowSeconds, int Records, long Missing,
    long Corrupt, long? Cycle, string? State, string? Phase, string? Faults, string? Notices, double? Supply, LatencyRow? WakeLateness, LatencyRow? CycleTime,
    long? SkippedPeriods, IReadOnlyDictionary<string, int> Limiter, IReadOnlyList<WatchedJoint> Joints);

/// <summary>A joint of the last cycle; the largest error and drive are those of the window, the torque that the model does not explain is a mean over 0.2 s.</summary>
internal sealed record WatchedJoint(
    int Joint, double PositionRad, double VelocityRadPerS, double ErrorMrad, double LargestErrorMrad, double TorqueNm, double Drive, double LargestDrive, double UnexplainedTorqueNm);
