using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LiquidControl.Cli.Benchmarks;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`bench dynamics`: kinematics and dynamics of the arms, ours beside Orocos KDL.</summary>
internal sealed class BenchDynamicsCommand
{
    private readonly Terminal _terminal;

    private BenchDynamicsCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var json = CommonOptions.Json();
        var plot = OdeInput.Plot("times a call");
        var quick = new Option<bool>("--quick") { Description = "Only see that everything runs: few rounds." };
        var command = new ExampleCommand(
            "dynamics", "Computes kinematics and dynamics of the arms beside Orocos KDL, in one run, and shows time and bytes a call.",
            "liquidcontrol bench dynamics",
            "liquidcontrol bench dynamics --json > dynamics.json",
            "liquidcontrol bench dynamics --plot dynamics.png")
        {
            json, plot, quick,
        };
        command.SetAction((result, cancellation) => new BenchDynamicsCommand(terminal).RunAsync(
            result.GetValue(json), result.GetValue(plot), result.GetValue(quick), cancellation));
        return command;
    }

    private async Task<int> RunAsync(bool json, string? plot, bool quick, CancellationToken cancellation)
    {
        OdePicture.ThrowIfImpossible(plot);
        var program = await BenchmarkProgram.BuildAsync(Checkout.Find(), _terminal, cancellation);
        string measured = await program.RunAsync(quick ? ["dynamics", "--quick"] : ["dynamics"], _terminal, cancellation);
        DynamicsTimeRow[] rows = JsonSerializer.Deserialize(measured, ReportJson.Default.DynamicsTimeRowArray)!;
        string? picture = Draw(plot, rows);
        if (json) _terminal.WriteJson(rows, ReportJson.Default.DynamicsTimeRowArray);
        else Print(rows, picture);
        return ExitCode.Ok;
    }

    private string? Draw(string? plot, DynamicsTimeRow[] rows)
    {
        if (plot is null) return null;
        const string Title = "Time a call: median of rounds, line to p99; in brackets the ratio to Orocos KDL in the same round";
        var sketch = BarSketch.Of(Title, DynamicsBars.Of(rows));
        var (written, notice) = Picture.Write(plot, sketch, PngPicture.CanWriteText);
        if (notice is not null) _terminal.Error.WriteLine(notice);
        return written;
    }

    private void Print(DynamicsTimeRow[] rows, string? picture)
    {
        foreach (var robot in rows.GroupBy(row => row.Robot))
        {
            var table = new Table().Title(Markup.Escape(robot.Key))
                .AddColumns("function", "variant", "ns", "p99", "worst", "/ KDL", "bytes");
            foreach (var row in robot)
            {
                table.AddRow(
                    row.Function, row.Variant, Shown(row.NsMedian), Shown(row.NsP99), Shown(row.NsWorst), Shown(row.RatioToKdl),
                    row.BytesPerCall is { } bytes ? Shown(bytes) : "- (native)");
            }

            _terminal.Console.Write(table);
        }

        if (picture is not null) _terminal.Output.WriteLine($"Picture: {picture}");
    }

    private static string Shown(double? value) => value is { } number
        ? number.ToString(Math.Abs(number) >= 1000 ? "F0" : "G3", CultureInfo.InvariantCulture)
        : "-";
}
