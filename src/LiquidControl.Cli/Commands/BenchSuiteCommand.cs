using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using LiquidControl.Cli.Benchmarks;
using LiquidControl.Cli.Plotting;

namespace LiquidControl.Cli.Commands;

/// <summary>
/// What the `bench` commands share: one part of the benchmark program runs, and its rows are drawn, and printed or passed on.
/// </summary>
/// <typeparam name="TRow">Of the result.</typeparam>
internal abstract class BenchSuiteCommand<TRow>
{
    private readonly string _suite;
    private readonly JsonTypeInfo<TRow[]> _json;

    /// <param name="terminal">Where results go.</param>
    /// <param name="suite">As the benchmark program and the command name it.</param>
    /// <param name="json">Of the rows.</param>
    protected BenchSuiteCommand(Terminal terminal, string suite, JsonTypeInfo<TRow[]> json)
    {
        Terminal = terminal;
        _suite = suite;
        _json = json;
    }

    protected Terminal Terminal { get; }

    /// <summary>Of the picture.</summary>
    protected abstract string Title { get; }

    /// <summary>The command, with its options.</summary>
    /// <param name="description">What it does.</param>
    /// <param name="drawn">What its picture shows.</param>
    /// <param name="quickly">What `--quick` leaves out.</param>
    protected Command ToCommand(string description, string drawn, string quickly)
    {
        var json = CommonOptions.Json();
        var plot = OdeInput.Plot(drawn);
        var quick = new Option<bool>("--quick") { Description = $"Only see that everything runs: {quickly}." };
        var command = new ExampleCommand(
            _suite, description,
            $"liquidcontrol bench {_suite}",
            $"liquidcontrol bench {_suite} --json > {_suite}.json",
            $"liquidcontrol bench {_suite} --plot {_suite}.png")
        {
            json, plot, quick,
        };
        command.SetAction((result, cancellation) =>
            RunAsync(result.GetValue(json), result.GetValue(plot), result.GetValue(quick), cancellation));
        return command;
    }

    protected abstract IReadOnlyList<BarGroup> Bars(TRow[] rows);

    protected abstract void Print(TRow[] rows);

    /// <summary>A figure of a table; null was not measured.</summary>
    protected static string Shown(double? value) => value is { } number
        ? number.ToString(Math.Abs(number) >= 1000 ? "F0" : "G4", CultureInfo.InvariantCulture)
        : "-";

    private async Task<int> RunAsync(bool json, string? plot, bool quick, CancellationToken cancellation)
    {
        OdePicture.ThrowIfImpossible(plot);
        var rows = await BenchmarkProgram.MeasureAsync(_suite, quick, _json, Terminal, cancellation);
        string? picture = Draw(plot, rows);
        if (json)
        {
            Terminal.WriteJson(rows, _json);
            return ExitCode.Ok;
        }

        Print(rows);
        if (picture is not null) Terminal.Output.WriteLine($"Picture: {picture}");
        return ExitCode.Ok;
    }

    private string? Draw(string? plot, TRow[] rows)
    {
        if (plot is null) return null;
        var (written, notice) = Picture.Write(plot, BarSketch.Of(Title, Bars(rows)), PngPicture.CanWriteText);
        if (notice is not null) Terminal.Error.WriteLine(notice);
        return written;
    }
}
