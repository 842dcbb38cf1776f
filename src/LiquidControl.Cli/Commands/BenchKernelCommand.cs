using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LiquidControl.Cli.Benchmarks;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`bench kernel`: a step of liquid networks, ours beside C, Eigen, ONNX Runtime and solvers of the equation.</summary>
internal sealed class BenchKernelCommand
{
    /// <summary>Single steps at size a: what 99.9 % of them take, as a multiple of the median, should be no more.</summary>
    private const double LargestTail = 4.0;

    private readonly Terminal _terminal;

    private BenchKernelCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var json = CommonOptions.Json();
        var plot = OdeInput.Plot("times a step");
        var quick = new Option<bool>("--quick") { Description = "Only see that everything runs: few rounds, no counting of instructions." };
        var command = new ExampleCommand(
            "kernel", "Steps networks of several sizes in every way there is, in one run, and shows time, bytes and instructions a step.",
            "liquidcontrol bench kernel",
            "liquidcontrol bench kernel --json > kernel.json",
            "liquidcontrol bench kernel --plot kernel.png")
        {
            json, plot, quick,
        };
        command.SetAction((result, cancellation) => new BenchKernelCommand(terminal).RunAsync(
            result.GetValue(json), result.GetValue(plot), result.GetValue(quick), cancellation));
        return command;
    }

    private async Task<int> RunAsync(bool json, string? plot, bool quick, CancellationToken cancellation)
    {
        OdePicture.ThrowIfImpossible(plot);
        var program = await BenchmarkProgram.BuildAsync(Checkout.Find(), _terminal, cancellation);
        string measured = await program.RunAsync(quick ? ["kernel", "--quick"] : ["kernel"], _terminal, cancellation);
        KernelRow[] rows = JsonSerializer.Deserialize(measured, ReportJson.Default.KernelRowArray)!;
        string? picture = Draw(plot, rows);
        if (json) _terminal.WriteJson(rows, ReportJson.Default.KernelRowArray);
        else Print(rows, picture);
        return ExitCode.Ok;
    }

    private string? Draw(string? plot, KernelRow[] rows)
    {
        if (plot is null) return null;
        const string Title = "Time a step: median of rounds, line to p99; in brackets the ratio to tuned C in the same round";
        var sketch = BarSketch.Of(Title, KernelBars.Of(rows));
        var (written, notice) = Picture.Write(plot, sketch, PngPicture.CanWriteText);
        if (notice is not null) _terminal.Error.WriteLine(notice);
        return written;
    }

    private void Print(KernelRow[] rows, string? picture)
    {
        foreach (var size in rows.GroupBy(row => row.Size))
        {
            var table = new Table().Title(Markup.Escape(KernelBars.Describe(size.Key)))
                .AddColumns("variant", "ns", "p99", "worst", "/ tuned C", "bytes", "instructions");
            foreach (var row in size)
            {
                table.AddRow(
                    Markup.Escape(row.Variant), Shown(row.NsMedian), Shown(row.NsP99), Shown(row.NsWorst), Shown(row.RatioToTunedC),
                    row.BytesPerStep is { } bytes ? Shown(bytes) : "0 (native)", Shown(row.InstructionsPerStep));
            }

            _terminal.Console.Write(table);
        }

        foreach (var row in rows)
        {
            if (row.SingleSteps is not { } single) continue;
            _terminal.Output.WriteLine(
                $"{row.Variant}, size {row.Size}, steps timed one by one: p50 {Shown(single.P50)}, p99 {Shown(single.P99)}, "
                + $"p99.9 {Shown(single.P999)}, max {Shown(single.Max)} ns; p99.9 is {Shown(single.P999 / single.P50)} times p50, "
                + $"at most {Shown(LargestTail)} is wanted.");
        }

        if (picture is not null) _terminal.Output.WriteLine($"Picture: {picture}");
    }

    private static string Shown(double? value) => value is { } number
        ? number.ToString(Math.Abs(number) >= 1000 ? "F0" : "G4", CultureInfo.InvariantCulture)
        : "-";
}
