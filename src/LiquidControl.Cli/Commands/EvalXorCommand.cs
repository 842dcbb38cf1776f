using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Neural;
using LiquidControl.Training;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`eval xor`: the paper's cells on its bit-stream XOR task, ours beside its figures.</summary>
internal static class EvalXorCommand
{
    public static Command Create(Terminal terminal)
    {
        var models = new Argument<string[]>("models")
        {
            Description = "Networks that `train xor` wrote, any number of a cell.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var samples = NumberOptions.Whole(
            "--test-samples", $"Measure accuracy on the first so many test samples. [default: all {XorData.TestSamples}]", 1,
            XorData.TestSamples);
        var plot = OdeInput.Plot("the test accuracy of each network over its epochs");
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "xor", "Shows accuracy and training time of the paper's five cells on its bit-stream XOR task, beside the paper's own figures.",
            "liquidcontrol eval xor xor-cfc.safetensors xor-mixed.safetensors",
            "liquidcontrol eval xor xor-*.safetensors --json --plot xor.png")
        {
            models, samples, plot, json,
        };
        command.SetAction(result => Run(
            result.GetValue(models) ?? [], (int)(result.GetValue(samples) ?? XorData.TestSamples), result.GetValue(plot),
            result.GetValue(json), terminal));
        return command;
    }

    private sealed record Trained(string File, Model Model, XorCard Card);

    private static int Run(string[] files, int samples, string? plot, bool json, Terminal terminal)
    {
        OdePicture.ThrowIfImpossible(plot);
        if (plot is not null && files.Length == 0)
        {
            throw new BadInputException("--plot: found no network to draw. Give one that `train xor` wrote.");
        }

        Trained[] models = [.. files.Distinct().Select(Load)];
        var test = XorData.Test(samples);
        XorRow[] rows = [.. XorRecipe.All.Select(recipe => Row(recipe, models.Where(model => model.Card.Cell == recipe.Cell), test))];
        string? picture = plot is null
            ? null
            : OdePicture.Write(plot, "XOR", [XorPanels.Accuracies([.. models.Select(Curve)], null)], terminal);
        if (json) terminal.WriteJson(rows, ReportJson.Default.XorRowArray);
        else Print(rows, samples, picture, terminal);
        return ExitCode.Ok;
    }

    private static Trained Load(string file)
    {
        var model = ModelFile.Load(file);
        return new(file, model, XorCard.Read(model.Metadata, file));
    }

    private static XorRow Row(XorRecipe recipe, IEnumerable<Trained> models, SequenceSet test)
    {
        XorModelRow[] rows =
        [
            .. models.Select(model => new XorModelRow(
                model.File, model.Card.Seed, model.Card.Samples, model.Card.Accuracies.Count,
                100.0 * XorAccuracy.Of(model.Model.Weights, test, Environment.ProcessorCount), model.Card.MinutesPerWholeEpoch)),
        ];
        double? minutes = Median(rows.Select(row => row.MinutesPerEpoch));
        return new(
            recipe.Cell, rows, Median(rows.Select(row => row.AccuracyPercent)), minutes, minutes * recipe.Options.Epochs,
            rows.Any(row => row.Epochs < recipe.Options.Epochs || row.Samples < XorData.TrainingSamples),
            recipe.Accuracy, recipe.AccuracySpread, recipe.MinutesPerEpoch);
    }

    private static double? Median(IEnumerable<double> values) => values.Any() ? Percentile.Of(values, 50.0) : null;

    private static (string Name, double[] Percent) Curve(Trained model) =>
        ($"{model.Card.Cell}, seed {model.Card.Seed.ToString(CultureInfo.InvariantCulture)}", [.. model.Card.Accuracies]);

    private static void Print(XorRow[] rows, int samples, string? picture, Terminal terminal)
    {
        var table = new Table().Title(FormattableString.Invariant($"Bit-stream XOR, {samples} test samples; medians over the seeds"))
            .AddColumns("cell", "seeds", "epochs", "accuracy %", "paper %", "min/epoch", "paper", "min in all");
        foreach (var row in rows)
        {
            string paper = FormattableString.Invariant($"{row.PaperAccuracyPercent:F2} ± {row.PaperAccuracySpread:F2}");
            string paperTime = row.PaperMinutesPerEpoch.ToString("F2", CultureInfo.InvariantCulture);
            if (row.Models is []) table.AddRow(row.Cell, "-", "-", "not trained", paper, "-", paperTime, "-");
            else table.AddRow(row.Cell, Text($"{row.Models.Count}"), Epochs(row), Accuracy(row), paper,
                Text($"{row.MinutesPerEpoch:G3}"), paperTime, Text($"{row.MinutesInAll:F0}") + (row.IsProjected ? "*" : ""));
        }

        terminal.Console.Write(table);
        if (rows.Any(row => row.IsProjected))
        {
            terminal.Output.WriteLine("* Projected to the recipe's epochs over the whole training set: a network was trained for less.");
        }

        if (rows.FirstOrDefault(row => row.Models is []) is { } missing)
        {
            terminal.Output.WriteLine($"Not trained: give a network that `liquidcontrol train xor --cell {missing.Cell}` writes.");
        }

        if (picture is not null) terminal.Output.WriteLine($"Picture: {picture}");
    }

    private static string Epochs(XorRow row)
    {
        int least = row.Models.Min(model => model.Epochs);
        int most = row.Models.Max(model => model.Epochs);
        return least == most ? Text($"{least}") : Text($"{least} to {most}");
    }

    private static string Accuracy(XorRow row)
    {
        double worst = row.Models.Min(model => model.AccuracyPercent);
        double best = row.Models.Max(model => model.AccuracyPercent);
        return Text($"{row.AccuracyPercent:F2}") + (row.Models.Count > 1 ? Text($" ({worst:F2} to {best:F2})") : "");
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
