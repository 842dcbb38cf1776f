using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using Spectre.Console;
using Panel = LiquidControl.Cli.Plotting.Panel;

namespace LiquidControl.Cli.Commands;

/// <summary>`ode solvers`: what a step of an LTC network costs and how far it lies from the solved equation, for each way to take it.</summary>
internal static class OdeSolversCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = OdeInput.File();
        var sequence = OdeInput.Sequence();
        var plot = OdeInput.Plot("error over cost");
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "solvers", "Steps an LTC network by closed form and by solvers, and shows cost beside accuracy.",
            "liquidcontrol ode solvers tests/LiquidControl.Neural.Tests/golden/ltc_autoncp_19_1_8in.json --sequence irregular",
            "liquidcontrol ode solvers tests/LiquidControl.Neural.Tests/golden/ltc_autoncp_19_1_8in.json --plot cost.png")
        {
            file, sequence, plot, json,
        };
        command.SetAction(result => Run(
            OdeInput.Load(result.GetRequiredValue(file), result.GetValue(sequence)), result.GetValue(plot), result.GetValue(json), terminal));
        return command;
    }

    private static int Run(OdeInput input, string? plot, bool json, Terminal terminal)
    {
        OdePicture.ThrowIfImpossible(plot);
        SolversReport[] reports =
        [
            .. input.Sequences.Select(s => new SolversReport(input.Name, s.Name, s.Inputs.Length, StepperComparison.Run(input.Cell, s))),
        ];
        string? picture = OdePicture.Write(plot, input.Name, [.. reports.SelectMany(Panels)], terminal);
        if (json) terminal.WriteJson(reports, ReportJson.Default.SolversReportArray);
        else Print(input, reports, picture, terminal);
        return ExitCode.Ok;
    }

    private static Panel[] Panels(SolversReport report)
    {
        return [Of("synapses evaluated a step", row => row.SynapsesAStep), Of("time a step, closed form = 1", row => row.TimeRatioMedian)];

        Panel Of(string cost, Func<SolverRow, double> x) => new(
            $"{report.Sequence}, errors below 1", cost, "RMS error of the states",
            [
                .. report.Rows.Where(row => row.RmsError < 1.0).GroupBy(row => row.Name.Split(',')[0]).Select(family =>
                    new Line(family.Key, [.. family.Select(x)], [.. family.Select(row => row.RmsError)], IsPoints: true)),
            ],
            IsLogX: true, IsLogY: true);
    }

    private static void Print(OdeInput input, SolversReport[] reports, string? picture, Terminal terminal)
    {
        foreach (var report in reports)
        {
            var table = new Table().Title($"{Markup.Escape(report.Network)}, {Markup.Escape(report.Sequence)}, {report.Steps} steps")
                .AddColumns("step by", "synapses a step", "largest state error", "RMS state error", "time / closed form", "worst");
            foreach (var row in report.Rows)
            {
                table.AddRow(
                    row.Name, Shown(row.SynapsesAStep), Shown(row.LargestError), Shown(row.RmsError), Shown(row.TimeRatioMedian), Shown(row.TimeRatioWorst));
            }

            terminal.Console.Write(table);
        }

        if (input.Note is not null) terminal.Output.WriteLine(input.Note);
        if (picture is not null) terminal.Output.WriteLine($"Picture: {picture}");
    }

    private static string Shown(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
