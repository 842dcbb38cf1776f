using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Explaining;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Neural.Explanation;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`model timeline`: a network's outputs at samples and at any time in between.</summary>
internal sealed class ModelTimelineCommand
{
    private const int UsualSteps = 12;

    private readonly Argument<string> _file = new("file") { Description = "Reference vectors (.json), or a .safetensors model with --recording." };
    private readonly Option<string?> _recording = new("--recording") { Description = "A CSV of what the model saw; `liquidcontrol move --recording` writes one.", HelpName = "file.csv" };
    private readonly Option<string?> _sequence = new("--sequence") { Description = "Which sequence of the vectors. [default: the first]", HelpName = "name" };
    private readonly Option<long?> _from = NumberOptions.Whole("--from", "First sample shown, counted from 0. [default: 0]", 0, int.MaxValue);
    private readonly Option<long?> _steps = NumberOptions.Whole("--steps", $"Samples shown. [default: {UsualSteps}]", 2, 10_000);
    private readonly Option<string?> _plot = new("--plot") { Description = "Draws samples, curve and half steps to a .png or .svg.", HelpName = "file.png" };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private ModelTimelineCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var timeline = new ModelTimelineCommand(terminal);
        var command = new ExampleCommand(
            "timeline",
            "Shows a network's outputs at samples and between them. After a sample the network can be asked for any later time, the input held, "
            + "without stepping: the answer is what one step of that length would give. For a CfC this is a formula in time and no flow: at time "
            + "0 it does not return the value at the sample, so the curve jumps there, and two half steps differ from one whole step. So ask as often as "
            + "you like, but step only at samples, as in training. The longest interval is shown in one step and in two halves.",
            "liquidcontrol model timeline tests/LiquidControl.Neural.Tests/golden/cfc_autoncp_19_1_8in.json --sequence irregular --plot timeline.png",
            "liquidcontrol model timeline firmware-config/robots/ar4-dc/policy.safetensors --recording move.csv --from 500 --steps 10")
        {
            timeline._file, timeline._recording, timeline._sequence, timeline._from, timeline._steps, timeline._plot, timeline._json,
        };
        command.SetAction(timeline.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        string? plot = result.GetValue(_plot);
        if (plot is not null && Picture.Problem(plot) is { } problem) throw new BadInputException(problem);
        string file = result.GetRequiredValue(_file);
        bool isVectors = file.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        var recorded = RecordedNetwork.Load(isVectors ? null : file, result.GetValue(_recording), isVectors ? file : null, result.GetValue(_sequence));
        int first = (int)(result.GetValue(_from) ?? 0);
        int count = (int)(result.GetValue(_steps) ?? Math.Clamp(recorded.Recording.Inputs.Length - first, 2, UsualSteps));
        var timeline = Timeline.Of(recorded.Network, recorded.Recording, first, count);
        string? picture = null;
        if (plot is not null)
        {
            (picture, var notice) = Picture.Write(plot, Path.GetFileName(recorded.File), TimelinePanels.Of(recorded, timeline), PngPicture.CanWriteText);
            if (notice is not null) _terminal.Error.WriteLine(notice);
        }

        if (result.GetValue(_json)) _terminal.WriteJson(Report(recorded, timeline, first), ReportJson.Default.TimelineReport);
        else Print(recorded, timeline, first, picture);
        return ExitCode.Ok;
    }

    private static TimelineReport Report(RecordedNetwork recorded, Timeline timeline, int first) => new(
        recorded.File, recorded.Recording.Source, first, recorded.Model.Metadata.TimespanScale, recorded.OutputNames, timeline.SampleTimes,
        timeline.SampleOutputs, timeline.CurveTimes, timeline.CurveOutputs,
        new(timeline.Halves.Sample, timeline.Halves.Timespan, timeline.Halves.OneStep, timeline.Halves.TwoHalves, timeline.Halves.Difference));

    private void Print(RecordedNetwork recorded, Timeline timeline, int first, string? picture)
    {
        var names = recorded.OutputNames.Take(TimelinePanels.MostOutputs).ToArray();
        _terminal.Output.WriteLine($"{recorded.Recording.Source}: outputs at the samples");
        var table = new Table().AddColumns("sample", "time");
        foreach (string name in names) table.AddColumn(Markup.Escape(name));
        for (int i = 0; i < timeline.SampleTimes.Length; i++)
        {
            table.AddRow([$"{first + i}", Shown(timeline.SampleTimes[i]), .. timeline.SampleOutputs[i].Take(names.Length).Select(Shown)]);
        }

        _terminal.Console.Write(table);
        var halves = timeline.Halves;
        _terminal.Output.WriteLine($"The longest interval, {Shown(halves.Timespan)} after sample {halves.Sample}, its input held:");
        var compared = new Table().AddColumns("output", "one step", "two half steps", "difference");
        for (int k = 0; k < names.Length; k++)
        {
            compared.AddRow(Markup.Escape(names[k]), Shown(halves.OneStep[k]), Shown(halves.TwoHalves[k]), Shown(halves.TwoHalves[k] - halves.OneStep[k]));
        }

        _terminal.Console.Write(compared);
        _terminal.Output.WriteLine($"Time 1 = {Shown(recorded.Model.Metadata.TimespanScale)} s. Largest difference of an output: {Shown(halves.Difference)}.");
        if (picture is not null) _terminal.Output.WriteLine($"Picture: {picture}");
    }

    private static string Shown(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
