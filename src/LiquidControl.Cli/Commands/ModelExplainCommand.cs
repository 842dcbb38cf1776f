using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Explaining;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Neural.Explanation;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`model explain`: what a network's neurons did over a recording and which inputs drove its outputs.</summary>
internal sealed class ModelExplainCommand
{
    private const int MostOutputs = 6;
    private const int MostInputs = 24;

    private readonly Argument<string?> _file = new("file") { Description = "A .safetensors model, with --recording.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _recording = new("--recording") { Description = "A CSV of what the model saw; `liquidcontrol move --recording` writes one.", HelpName = "file.csv" };
    private readonly Option<string?> _vectors = new("--vectors") { Description = "Reference vectors: network and recording in one.", HelpName = "file.json" };
    private readonly Option<string?> _sequence = new("--sequence") { Description = "Which sequence of the vectors. [default: the first]", HelpName = "name" };
    private readonly Option<string?> _baseline = CommonOptions.Choice("--baseline", "What the inputs are compared with: their mean, or zero.", "mean", ["mean", "zero"]);
    private readonly Option<string?> _plot = new("--plot") { Description = "Draws shares, time constants, gates and states to a .png or .svg.", HelpName = "file.png" };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private ModelExplainCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var explain = new ModelExplainCommand(terminal);
        var command = new ExampleCommand(
            "explain",
            "Shows, over a recording, each neuron's state, gate, time constant and saturation, and how much of each output is due to each input "
            + "(integrated gradients through time).",
            "liquidcontrol model explain firmware-config/robots/ar4-dc/policy.safetensors --recording move.csv --plot explain.png",
            "liquidcontrol model explain --vectors tests/LiquidControl.Neural.Tests/golden/ltc_autoncp_19_1_8in.json --sequence irregular --json")
        {
            explain._file, explain._recording, explain._vectors, explain._sequence, explain._baseline, explain._plot, explain._json,
        };
        command.SetAction(explain.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        string? plot = result.GetValue(_plot);
        if (plot is not null && Picture.Problem(plot) is { } problem) throw new BadInputException(problem);
        var recorded = RecordedNetwork.Load(result.GetValue(_file), result.GetValue(_recording), result.GetValue(_vectors), result.GetValue(_sequence));
        string baseline = result.GetRequiredValue(_baseline)!;
        var neurons = NeuronActivity.Of(recorded.Network, recorded.Recording);
        var attribution = IntegratedGradients.Of(recorded.Network, recorded.Recording, baseline == "zero" ? Baseline.Zero : Baseline.Mean);
        var report = ExplanationReports.Of(recorded, neurons, attribution, baseline);
        string? picture = null;
        if (plot is not null)
        {
            (picture, var notice) = Picture.Write(plot, ExplanationSketch.Of(report, recorded), PngPicture.CanWriteText);
            if (notice is not null) _terminal.Error.WriteLine(notice);
        }

        if (result.GetValue(_json)) _terminal.WriteJson(report, ReportJson.Default.ExplanationReport);
        else Print(report, picture);
        return ExitCode.Ok;
    }

    private void Print(ExplanationReport report, string? picture)
    {
        PrintNeurons(report);
        PrintDrivers(report);
        string thinned = report.StepsExplained == report.Steps ? "" : $" out of {report.Steps}";
        if (report.Windows > 1) thinned += $" in windows of {report.WindowSteps} (what an input did longer ago counts as state)";
        _terminal.Output.WriteLine(
            $"Explained {report.StepsExplained} steps{thinned}, against the {report.Baseline}. Attributions add up to what the outputs moved within "
            + $"{report.CompletenessDefect.ToString("G2", CultureInfo.InvariantCulture)} of it ({report.Points} points).");
        if (picture is not null) _terminal.Output.WriteLine($"Picture: {picture}");
    }

    private void PrintNeurons(ExplanationReport report)
    {
        _terminal.Output.WriteLine($"{report.File} over {report.Recording}. Neurons, mean (of the time constant the median) and range:");
        var table = new Table().AddColumns("neuron", "role", "state", "gate", "time constant", "s", "saturated");
        foreach (var neuron in report.Neurons)
        {
            table.AddRow(
                $"{neuron.Number}", neuron.Role, Range(neuron.State), neuron.Gate is { } gate ? Range(gate) : "", Range(neuron.TimeConstant),
                Shown(neuron.TimeConstantS), neuron.Saturation is { } part ? Percent(part) : "");
        }

        _terminal.Console.Write(table);
    }

    private void PrintDrivers(ExplanationReport report)
    {
        var outputs = report.Outputs.Take(MostOutputs).ToArray();
        string more = report.Outputs.Count > outputs.Length ? $"; {report.Outputs.Count - outputs.Length} more outputs with --json" : "";
        _terminal.Output.WriteLine($"Share of each input in each output, with the sign of its mean{more}:");
        var table = new Table().AddColumn("input");
        foreach (var output in outputs) table.AddColumn(Markup.Escape(output.Name));
        string[] names = [.. ExplanationReports.StrongestFirst(report)];
        foreach (string name in names.Take(MostInputs))
        {
            table.AddRow([Markup.Escape(name), .. outputs.Select(output => Share(output.Inputs.Single(input => input.Name == name)))]);
        }

        if (names.Length > MostInputs)
        {
            var weak = names.Skip(MostInputs).ToHashSet();
            table.AddRow([$"{weak.Count} others", .. outputs.Select(output => Percent(output.Inputs.Where(input => weak.Contains(input.Name)).Sum(input => input.Share)))]);
        }

        _terminal.Console.Write(table);
    }

    private static string Share(DriverReport input) => $"{(input.Mean < 0.0 ? "-" : "+")} {Percent(input.Share)}";

    private static string Percent(double part) => (100.0 * part).ToString("F1", CultureInfo.InvariantCulture) + " %";

    private static string Range(SpreadReport spread) => Markup.Escape($"{Shown(spread.Middle)} [{Shown(spread.Min)}, {Shown(spread.Max)}]");

    private static string Shown(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
