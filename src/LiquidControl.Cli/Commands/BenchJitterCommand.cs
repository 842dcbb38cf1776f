using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Benchmarks.Jitter;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`bench jitter`: how punctually the daemon's loop runs on this machine, beside a thread in C.</summary>
internal static class BenchJitterCommand
{
    private const double UsualSeconds = 60.0;
    private const long UsualRate = 1000;
    private const double UsualLimitUs = 500.0;

    private static readonly Dictionary<string, JitterLoad> Loads =
        new[] { JitterLoad.None, JitterLoad.Allocator, JitterLoad.StressNg }.ToDictionary(JitterVerdict.NameOf);

    public static Command Create(Terminal terminal)
    {
        var seconds = NumberOptions.Number("--seconds", $"How long to measure. [default: {UsualSeconds}]", 0.1, 3600.0, "a number from 0.1 to 3600, s");
        var rate = NumberOptions.Whole("--rate", $"Of the loop, Hz. [default: {UsualRate}]", 10, 20_000);
        var load = CommonOptions.Choice(
            "--load", "Beside the loop: a process that allocates 100 MB/s, as the dashboard will, and stress-ng too.", "allocator", [.. Loads.Keys]);
        var limit = NumberOptions.Number(
            "--limit-us", $"Waking later than this is a miss, µs. [default: {UsualLimitUs}]", 1.0, 1e6, "a number from 1 to 1000000, µs");
        var control = new Option<bool>("--control") { Description = "In the same run, also a second C thread in the loop's place." };
        var faults = new Option<bool>("--bus-faults") { Description = "A fault on the buses in every hundredth cycle." };
        var plot = OdeInput.Plot("lateness, ours and the reference's,");
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "jitter", "Runs the daemon's loop, with a whole control cycle in it, beside a thread in C on the same processor, and says who was late.",
            "liquidcontrol bench jitter",
            "liquidcontrol bench jitter --load stress-ng --control --plot jitter.png",
            "liquidcontrol bench jitter --rate 10000 --seconds 100 --bus-faults --json")
        {
            seconds, rate, load, limit, control, faults, plot, json,
        };
        command.SetAction((result, cancellation) =>
        {
            JitterPlan plan = new(
                result.GetValue(seconds) ?? UsualSeconds, (int)(result.GetValue(rate) ?? UsualRate), Loads[result.GetValue(load)!],
                result.GetValue(limit) ?? UsualLimitUs, result.GetValue(faults), result.GetValue(control),
                Environment.ProcessorCount - 1);
            return RunAsync(plan, result.GetValue(plot), result.GetValue(json), terminal, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(JitterPlan plan, string? plot, bool json, Terminal terminal, CancellationToken cancellation)
    {
        OdePicture.ThrowIfImpossible(plot);
        JitterLoadProcesses.ThrowIfMissing(plan.Load);
        ReferenceProgram.ThrowIfImpossible();
        var daemon = await DaemonProgram.FindAsync(terminal, cancellation);
        using JitterExperiment experiment = new(plan);
        var run = await MeasurementProgress.ShowAsync(
            $"{daemon.File}, {plan.Seconds:G4} s", json, terminal, progress => experiment.MeasureDaemonAsync(daemon, progress, cancellation));
        var report = JitterVerdict.Of(plan, run);
        string? picture = OdePicture.Write(
            plot, FormattableString.Invariant($"{plan.Rate} Hz, load {report.Load}"), JitterPanels.Of(run.Loop, run.Reference, plan.LimitUs), terminal);
        if (json) terminal.WriteJson(report, ReportJson.Default.JitterReport);
        else Print(report, picture, terminal);
        return report.IsKept ? ExitCode.Ok : ExitCode.Missed;
    }

    private static void Print(JitterReport report, string? picture, Terminal terminal)
    {
        var table = new Table().AddColumns("lateness, µs", "p50", "p99", "p99.9", "max", "misses", "unexplained");
        table.AddRow(
            "loop", Shown(report.P50Us), Shown(report.P99Us), Shown(report.P999Us), Shown(report.MaxUs), $"{report.Misses}",
            $"{report.UnexplainedMisses}");
        table.AddRow(
            "reference in C", Shown(report.ReferenceP50Us), "", Shown(report.ReferenceP999Us), Shown(report.ReferenceMaxUs), $"{report.ReferenceMisses}",
            $"{report.UnexplainedReferenceMisses}");
        if (report.ControlUnexplainedMisses is { } control) table.AddRow("C in its place", "", "", "", "", "", $"{control}");
        if (report.CyclictestMaxUs is { } cyclictest) table.AddRow("cyclictest", "", "", "", Shown(cyclictest), "", "");
        terminal.Console.Write(table);
        var output = terminal.Output;
        output.WriteLine(
            $"{report.Cycles} cycles, {report.Skipped} periods skipped; work of a cycle {Shown(report.WorkP50Us)} µs, at most {Shown(report.WorkMaxUs)} µs.");
        output.WriteLine(
            $"{report.AllocatedBytes} bytes allocated, {report.BusFaults} bus faults, {report.ResidentKiB / 1024.0:F1} MB resident, "
            + $"ready in {Shown(report.ReadyMs)} ms.");
        if (report.Allocation is { } beside)
        {
            output.WriteLine(
                $"Beside it a process allocated {Shown(beside.AllocatedMb)} MB, collected {beside.Collections} times and read {beside.RecordsRead} "
                + $"records of the loop's ring: {beside.RecordsLost} lost, {beside.RecordsCorrupt} torn.");
        }

        if (!report.IsNative) output.WriteLine("The daemon was compiled by a JIT; the one for a robot is compiled ahead of time.");
        foreach (string refusal in report.Refusals) output.WriteLine($"Refused: {refusal}");
        output.WriteLine(report.Verdict);
        if (picture is not null) output.WriteLine($"Picture: {picture}");
    }

    private static string Shown(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
