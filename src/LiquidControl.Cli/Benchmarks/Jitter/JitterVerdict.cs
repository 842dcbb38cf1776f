using System.Globalization;
using LiquidControl.Cli.Reports;

namespace LiquidControl.Cli.Benchmarks.Jitter;

/// <summary>
/// Judges a run. The machine's own stalls are not the loop's fault: what counts are misses that the reference saw nothing of, and of those a
/// thread in C has some too, because a stall may fall between its deadlines.
/// </summary>
internal static class JitterVerdict
{
    /// <summary>More unexplained misses than a C thread in the loop's place.</summary>
    private const int MoreAllowed = 1;

    /// <summary>The longest lateness, as a multiple of the reference's, where it is a miss at all.</summary>
    private const double LargestRatio = 1.2;

    /// <summary>Of the periods; where more are skipped the machine does not keep up with the rate.</summary>
    private const double LargestSkippedPart = 0.01;

    /// <summary>What the daemon calls the request that decides.</summary>
    private const string Scheduling = "scheduling";

    /// <param name="plan">What was asked for.</param>
    /// <param name="run">The loop and the reference.</param>
    public static JitterReport Of(JitterPlan plan, DaemonRun run)
    {
        Stall[] misses = run.Loop.Beyond(plan.LimitNs), referenceMisses = run.Reference.Beyond(plan.LimitNs);
        int unexplained = Unexplained(misses, referenceMisses), unexplainedReference = Unexplained(referenceMisses, misses);
        int? unexplainedControl = run.Control is { } control ? Unexplained(control.Beyond(plan.LimitNs), referenceMisses) : null;
        double ratio = run.Reference.Max == 0 ? 0.0 : (double)run.Loop.Max / run.Reference.Max;
        string[] refusals = [.. run.Report.Grants.Where(grant => !grant.IsGranted).Select(grant => $"{grant.Subject}: {grant.Words} Fix: {grant.Fix}")];
        if (run.ReferenceErrors.Length > 0) refusals = [.. refusals, $"reference: {run.ReferenceErrors}"];
        JitterReport report = new(
            run.Loop.Count, run.Report.Skipped, plan.Cycles - run.Reference.Count, plan.Rate, NameOf(plan.Load), Us(run.Loop.Quantile(0.5)),
            Us(run.Loop.Quantile(0.99)), Us(run.Loop.Quantile(0.999)), Us(run.Loop.Max), run.Report.Work.P50, run.Report.Work.Max, misses.Length, plan.LimitUs,
            Us(run.Reference.Quantile(0.5)), Us(run.Reference.Quantile(0.999)), Us(run.Reference.Max), referenceMisses.Length, unexplained,
            unexplainedReference, unexplainedControl, Math.Round(ratio, 3), run.CyclictestMaxUs, run.Report.AllocatedBytes, run.Report.BusFaults,
            run.Report.ResidentKiB, run.Report.ReadyMs, run.Report.IsNative,
            !run.Report.Grants.Any(grant => grant is { Subject: Scheduling, IsGranted: false }), refusals, run.Allocation, IsKept: false, Verdict: "");
        string[] faults = [.. Faults(report)];
        return report with { IsKept = faults.Length == 0, Verdict = faults.Length == 0 ? Praise(report) : Blame(report, faults) };
    }

    /// <summary>As the option names it.</summary>
    public static string NameOf(JitterLoad load) => load switch
    {
        JitterLoad.None => "none",
        JitterLoad.StressNg => "stress-ng",
        _ => "allocator",
    };

    private static int Unexplained(Stall[] ours, Stall[] others) => PairedStalls.Unexplained(ours, others, JitterPlan.MarginNs).Length;

    private static IEnumerable<string> Faults(JitterReport report)
    {
        if (report.AllocatedBytes > 0) yield return $"it allocated {report.AllocatedBytes} bytes";
        int yardstick = Yardstick(report);
        if (report.UnexplainedMisses > yardstick + MoreAllowed)
            yield return $"{report.UnexplainedMisses} of its misses are its own, where a thread in C has {yardstick}";
        if (report.MaxUs > report.LimitUs && report.WorstRatioToReference > LargestRatio)
            yield return Invariant($"its longest lateness is {report.WorstRatioToReference:G3} times the reference's, at most {LargestRatio} is wanted");
        if (report.Skipped > LargestSkippedPart * (report.Cycles + report.Skipped))
            yield return $"this machine does not keep up with {report.Rate} Hz: {report.Skipped} periods were skipped, {report.ReferenceSkipped} by the reference";
        if (report.Allocation is { RecordsCorrupt: > 0 } beside) yield return $"{beside.RecordsCorrupt} records of its ring were torn";
        if (!report.IsRealtime) yield return "the kernel refused it real-time scheduling";
    }

    private static string Praise(JitterReport report) => Invariant(
        $"On time: of {report.Cycles} cycles {report.Misses} woke more than {report.LimitUs} µs late, {report.UnexplainedMisses} of them without a ")
        + $"stall of the reference nearby; the reference missed {report.ReferenceMisses}, {Yardstick(report)} {YardstickName(report)}. It allocated nothing."
        + (report.Misses > 0 ? " What is late here is this machine: liquidcontrol doctor says what can be done." : "");

    private static string Blame(JitterReport report, string[] faults) =>
        $"Not on time: {string.Join("; ", faults)}. {report.Misses} misses in {report.Cycles} cycles, the reference {report.ReferenceMisses}.";

    /// <summary>Of a C thread in the loop's place; without that run, of the reference beside the loop.</summary>
    private static int Yardstick(JitterReport report) => report.ControlUnexplainedMisses ?? report.UnexplainedReferenceMisses;

    private static string YardstickName(JitterReport report) =>
        report.ControlUnexplainedMisses is null ? "of them without one of ours" : "are unexplained of a second C thread in our place";

    private static double Us(long ns) => Math.Round(ns * 1e-3, 1);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
