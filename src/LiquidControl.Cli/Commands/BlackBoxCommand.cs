using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Daemon;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`blackbox`: the last seconds of a daemon, running or dead, as table, CSV and picture.</summary>
internal sealed class BlackBoxCommand
{
    private const double Longest = 3600.0;

    private readonly Option<string> _ring = DaemonOptions.Ring();
    private readonly Option<double?> _seconds = NumberOptions.Number("--seconds", "How much of it, from its end. [default: all]", 0.01, Longest, $"0.01 to {Longest:G} s");
    private readonly Option<string?> _csv = new("--csv") { Description = "Writes every field of every cycle.", HelpName = "file.csv" };
    private readonly Option<string?> _plot = new("--plot") { Description = "Draws positions, errors, drives, torques, states and the loop's times to a .png or .svg.", HelpName = "file.png" };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private BlackBoxCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var box = new BlackBoxCommand(terminal);
        var command = new ExampleCommand(
            "blackbox", "Reads the last seconds of a liquidcontrold from its ring, or a copy of it, also after it was killed.",
            "liquidcontrol blackbox", "liquidcontrol blackbox --seconds 5 --plot last.png --csv last.csv", "liquidcontrol blackbox --ring copy-of-ring --json")
        {
            box._ring, box._seconds, box._csv, box._plot, box._json,
        };
        command.SetAction(box.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        string? csv = result.GetValue(_csv), plot = result.GetValue(_plot);
        if (csv is not null) OutputFile.Check("--csv", csv, ".csv");
        if (plot is not null && Picture.Problem(plot) is { } problem) throw new BadInputException(problem);
        var (report, table) = BlackBox.Read(result.GetRequiredValue(_ring), result.GetValue(_seconds) ?? Longest);
        if (csv is not null)
        {
            CycleFile.Write(csv, table);
            report = report with { Csv = csv };
        }

        if (plot is not null && table.Rows.Count > 0)
        {
            var (path, notice) = Picture.Write(plot, table.Description.Robot, BlackBoxPanels.Of(table), PngPicture.CanWriteText);
            if (notice is not null) _terminal.Error.WriteLine(notice);
            report = report with { Picture = path };
        }

        if (result.GetValue(_json)) _terminal.WriteJson(report, ReportJson.Default.BlackBoxReport);
        else Print(report);
        return ExitCode.Ok;
    }

    private void Print(BlackBoxReport report)
    {
        var table = new Table().Title($"{Markup.Escape(report.Robot)}: {Markup.Escape(report.Ring)}").AddColumns("", "").HideHeaders();
        Row("records", $"{report.Records} over {Shown(report.Seconds)} s");
        Row("left out for a wrong checksum", $"{report.Corrupt}");
        Row("numbers missing between", $"{report.Missing}");
        if (report.State is not null)
        {
            Row("cycles since activation", $"{report.FirstCycle} to {report.LastCycle}");
            Row("last state, phase, faults", $"{report.State}, {report.Phase}, {report.Faults}");
            if (report.FirstFault is not null) Row("first fault", $"{report.FirstFault}, {Shown(report.FirstFaultSeconds!.Value)} s before the end");
            Row("woken late by, µs", report.WakeLateness!.Words());
            Row("work of a cycle, µs", report.CycleTime!.Words());
            Row("periods skipped", $"{report.SkippedPeriods}");
        }

        _terminal.Console.Write(table);
        if (report.Csv is not null) _terminal.Output.WriteLine($"CSV: {report.Csv}");
        if (report.Picture is not null) _terminal.Output.WriteLine($"Picture: {report.Picture}");
        _terminal.Output.WriteLine(report.Verdict);
        if (report.Latch is not null) _terminal.Output.WriteLine($"Latched: {report.Latch} Look at the arm, then: liquidcontrol service clear.");

        void Row(string name, string value) => table.AddRow(name, Markup.Escape(value));
    }

    private static string Shown(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
