using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Benchmarks;
using LiquidControl.Cli.Reports;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`bench training`: how many sequence steps a second are learned from.</summary>
internal sealed class BenchTrainingCommand
{
    private readonly Terminal _terminal;

    private BenchTrainingCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var json = CommonOptions.Json();
        var quick = new Option<bool>("--quick") { Description = "Only see that everything runs: one round." };
        var command = new ExampleCommand(
            "training", "Trains networks of three sizes on two threads and shows sequence steps a second: forward, backward and Adam.",
            "liquidcontrol bench training",
            "liquidcontrol bench training --json > training.json")
        {
            json, quick,
        };
        command.SetAction((result, cancellation) =>
            new BenchTrainingCommand(terminal).RunAsync(result.GetValue(json), result.GetValue(quick), cancellation));
        return command;
    }

    private async Task<int> RunAsync(bool json, bool quick, CancellationToken cancellation)
    {
        var rows = await BenchmarkProgram.MeasureAsync(
            "training", quick, ReportJson.Default.TrainingTimeRowArray, _terminal, cancellation);
        if (json) _terminal.WriteJson(rows, ReportJson.Default.TrainingTimeRowArray);
        else Print(rows);
        return ExitCode.Ok;
    }

    private void Print(TrainingTimeRow[] rows)
    {
        var table = new Table().AddColumns("network", "threads", "steps/s", "slowest", "fastest", "steps/processor s");
        foreach (var row in rows)
        {
            table.AddRow(
                row.Network, Shown(row.Threads), Shown(row.SequenceStepsPerSecond), Shown(row.Slowest), Shown(row.Fastest),
                Shown(row.SequenceStepsPerProcessorSecond));
        }

        _terminal.Console.Write(table);
    }

    private static string Shown(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
