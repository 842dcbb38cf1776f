using System.Globalization;

namespace LiquidControl.Hosting.Machine;

/// <summary>What all checks found.</summary>
/// <param name="Board">The computer's name, "unknown" without a device tree.</param>
/// <param name="Demand">What was asked of it.</param>
/// <param name="LoopCpu">The core the loop would run on; null where it is not known.</param>
/// <param name="Findings">One a check, in the order of <see cref="MachineInspection.Checks"/>.</param>
public sealed record MachineReport(string Board, MachineDemand Demand, int? LoopCpu, IReadOnlyList<MachineFinding> Findings)
{
    public bool KeepsItsPromise => Count(CheckResult.Fails) == 0;

    public int Count(CheckResult result) => Findings.Count(finding => finding.Result == result);

    /// <summary>One sentence for a person, and for the daemon's refusal.</summary>
    public string Verdict()
    {
        string rate = Demand.Rate.ToString("G6", CultureInfo.InvariantCulture);
        string[] failing = [.. Findings.Where(finding => finding.Result == CheckResult.Fails).Select(finding => finding.Check)];
        if (failing.Length > 0) return $"This machine cannot promise {rate} Hz: {string.Join(", ", failing)}.";
        int open = Count(CheckResult.Undetermined), warnings = Count(CheckResult.Warning);
        string but = (warnings, open) switch
        {
            (0, 0) => "",
            (_, 0) => $", with {Counted(warnings, "warning")}",
            (0, _) => $", as far as could be determined ({Counted(open, "open question")})",
            _ => $", with {Counted(warnings, "warning")} and {Counted(open, "open question")}",
        };
        return $"This machine can keep {rate} Hz{but}.";
    }

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
