namespace LiquidControl.Cli.Reports;

/// <summary>What `service status --json` prints; the words are the daemon's own.</summary>
/// <param name="Process">The daemon's.</param>
/// <param name="State">Of the controller.</param>
/// <param name="Phase">Of the move.</param>
/// <param name="Faults">Why it left Active.</param>
/// <param name="Notices">What is amiss and made up for.</param>
/// <param name="Goal">What became of the last goal.</param>
/// <param name="Cycles">Periods since the loop began.</param>
/// <param name="SkippedPeriods">Let go because the loop was late.</param>
/// <param name="Control">free or taken.</param>
/// <param name="Latch">Why the arm may not be activated before a clear; null where it may.</param>
/// <param name="Unit">What systemd says of its unit; null where there is no systemd.</param>
/// <param name="RunBySystemd">Whether the daemon is that unit's process.</param>
internal sealed record ServiceStatusReport(
    int Process, string State, string Phase, string Faults, string Notices, string Goal, long Cycles, long SkippedPeriods, string Control, string? Latch,
    string? Unit, bool RunBySystemd);

/// <summary>What `service stop --json` prints.</summary>
/// <param name="Process">That was asked to end.</param>
/// <param name="StateBefore">Of the controller.</param>
/// <param name="Ended">Whether it did in time.</param>
/// <param name="Seconds">That took.</param>
/// <param name="By">signal or systemctl.</param>
internal sealed record ServiceStopReport(int Process, string StateBefore, bool Ended, double Seconds, string By);
