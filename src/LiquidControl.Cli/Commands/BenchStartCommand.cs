using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Benchmarks.Jitter;
using LiquidControl.Cli.Benchmarks.Starts;
using LiquidControl.Cli.Reports;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`bench start`: the daemon's size, its memory, and the time until it stands Inactive.</summary>
internal static class BenchStartCommand
{
    private const long UsualStarts = 20;

    public static Command Create(Terminal terminal)
    {
        var count = NumberOptions.Whole("--starts", $"How many to measure. [default: {UsualStarts}]", 1, 10_000);
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "start", "Starts the daemon again and again: the size of its file, the memory it holds, the time until it stands Inactive.",
            "liquidcontrol bench start", "liquidcontrol bench start --starts 100 --json")
        {
            count, json,
        };
        command.SetAction((result, cancellation) =>
            RunAsync((int)(result.GetValue(count) ?? UsualStarts), result.GetValue(json), terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int count, bool json, Terminal terminal, CancellationToken cancellation)
    {
        var daemon = await DaemonProgram.FindAsync(terminal, cancellation);
        var starts = await MeasurementProgress.ShowAsync($"{count} starts of {daemon.File}", json, terminal, async progress =>
        {
            DaemonStart[] measured = new DaemonStart[count];
            for (int i = 0; i < count; i++)
            {
                measured[i] = await DaemonStart.MeasureAsync(daemon, cancellation);
                progress((i + 1.0) / count);
            }

            return measured;
        });
        var report = StartReport.Of(new FileInfo(daemon.File).Length, starts, daemon.IsNative);
        if (json) terminal.WriteJson(report, ReportJson.Default.StartReport);
        else Print(report, terminal);
        return report.IsKept ? ExitCode.Ok : ExitCode.Missed;
    }

    private static void Print(StartReport report, Terminal terminal)
    {
        var table = new Table().AddColumns("", "median", "worst", "at most");
        table.AddRow("file, MB", Shown(report.BinaryMb), "", Shown(StartReport.BinaryLimitMb));
        table.AddRow("resident memory, MB", Shown(report.ResidentMedianMb), Shown(report.ResidentMaxMb), Shown(StartReport.ResidentLimitMb));
        table.AddRow("start to Inactive, ms", Shown(report.StartMedianMs), Shown(report.StartMaxMs), $"{Shown(StartReport.StartLimitMs)} (median)");
        terminal.Console.Write(table);
        if (!report.IsNative) terminal.Output.WriteLine("The daemon was compiled by a JIT; the one for a robot is compiled ahead of time.");
        terminal.Output.WriteLine(report.IsKept ? "All within their limits." : "NOT within the limits.");
    }

    private static string Shown(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
