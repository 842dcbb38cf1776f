using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Neural;
using LiquidControl.Neural.Ode;
using Spectre.Console;
using Panel = LiquidControl.Cli.Plotting.Panel;

namespace LiquidControl.Cli.Commands;

/// <summary>`ode closed-form`: an LTC network's closed forms beside the solution of its equation.</summary>
internal static class OdeClosedFormCommand
{
    private const double SolutionTolerance = 1e-10;

    /// <summary>Mean squared error that Hasani et al. 2022 give for the output of their driving network; that network is not published.</summary>
    private const double PaperError = 0.006;

    private static readonly bool[] Loops = [false, true];

    public static Command Create(Terminal terminal)
    {
        var file = OdeInput.File();
        var sequence = OdeInput.Sequence();
        var recording = OdeInput.Recording();
        var plot = OdeInput.Plot("the first output of solution and closed forms over time");
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "closed-form", "Compiles an LTC network to closed form and shows how far its outputs lie from the solved equation's.",
            "liquidcontrol ode closed-form tests/LiquidControl.Neural.Tests/golden/ltc_autoncp_19_1_8in.json",
            "liquidcontrol ode closed-form tests/LiquidControl.Neural.Tests/golden/ltc_ncp_linear_map.json --sequence irregular --plot ltc.png",
            "liquidcontrol ode closed-form driving.safetensors --recording move.csv")
        {
            file, sequence, recording, plot, json,
        };
        command.SetAction(result => Run(
            OdeInput.Load(result.GetRequiredValue(file), result.GetValue(sequence), result.GetValue(recording)), result.GetValue(plot), result.GetValue(json), terminal));
        return command;
    }

    private static int Run(OdeInput input, string? plot, bool json, Terminal terminal)
    {
        OdePicture.ThrowIfImpossible(plot);
        var rows = new List<ClosedFormRow>();
        var panels = new List<Panel>();
        foreach (var sequence in input.Sequences)
        {
            var solution = OdeReference.Solve(input.Cell, sequence, SolutionTolerance);
            ClosedFormRun[] runs =
            [
                .. from kind in Enum.GetValues<LtcClosedFormKind>()
                   from closed in Loops
                   select ClosedFormRun.Of(input.Cell, sequence, solution, kind, closed),
            ];
            rows.AddRange(runs.Select(run => new ClosedFormRow(
                sequence.Name, sequence.Inputs.Length, run.Kind.ToString(), run.IsClosedLoop, run.OutputError, run.NormalisedError, run.StateError)));
            panels.AddRange(Panels(sequence, solution, runs));
        }

        string? picture = OdePicture.Write(plot, input.Name, panels, terminal);
        if (json) terminal.WriteJson(new(input.Name, PaperError, rows), ReportJson.Default.ClosedFormReport);
        else Print(input, rows, picture, terminal);
        return ExitCode.Ok;
    }

    private static Panel[] Panels(ReferenceSequence sequence, OdeReference solution, ClosedFormRun[] runs)
    {
        double[] time = [.. sequence.Timespans.Select((_, k) => sequence.Timespans.Take(k + 1).Sum())];
        var solved = new Line("solution", time, First(solution.Outputs));
        return
        [
            Of("conductance form", LtcClosedFormKind.Conductance, runs),
            Of("published sum, recorded only", LtcClosedFormKind.Published, runs.Where(run => !run.IsClosedLoop)),
        ];

        Panel Of(string title, LtcClosedFormKind kind, IEnumerable<ClosedFormRun> shown) => new(
            $"{sequence.Name}, {title}", "time (1)", "first output",
            [
                solved,
                .. shown.Where(run => run.Kind == kind).Select(run => new Line(
                    run.IsClosedLoop ? "own states" : "recorded", time[..run.Outputs.Length], First(run.Outputs), IsDashed: true)),
            ]);
    }

    private static double[] First(double[][] rows) => [.. rows.Select(row => row[0])];

    private static void Print(OdeInput input, List<ClosedFormRow> rows, string? picture, Terminal terminal)
    {
        var table = new Table().Title($"{Markup.Escape(input.Name)} against its equation solved to {SolutionTolerance:G1}")
            .AddColumns("sequence", "steps", "form", "presynaptic activity", "output MSE", "MSE / variance", "state MSE");
        foreach (var row in rows)
        {
            table.AddRow(
                Markup.Escape(row.Sequence), $"{row.Steps}", row.Form, row.ClosedLoop ? "its own" : "recorded",
                Shown(row.OutputError), Shown(row.NormalisedError), Shown(row.StateError));
        }

        terminal.Console.Write(table);
        terminal.Output.WriteLine($"The best constant has MSE / variance 1. The paper gives MSE {Shown(PaperError)} for its own driving network.");
        if (input.Note is not null) terminal.Output.WriteLine(input.Note);
        if (picture is not null) terminal.Output.WriteLine($"Picture: {picture}");
    }

    private static string Shown(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
