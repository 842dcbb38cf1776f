namespace LiquidControl.Cli.Reports;

/// <summary>What `doctor --json` prints.</summary>
internal sealed record DoctorReport(
    string Robot, double RateHz, string Board, int? LoopCpu, int Fails, int Warnings, int Undetermined, string Verdict,
    IReadOnlyList<DoctorCheckReport> Checks);

/// <summary>One check: result is ok, warning, fails, undetermined or not here; fix is null where nothing is to be mended.</summary>
internal sealed record DoctorCheckReport(string Check, string Result, string Found, string Expected, string? Fix);
