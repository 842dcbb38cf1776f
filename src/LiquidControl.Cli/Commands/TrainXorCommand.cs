using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Neural;
using LiquidControl.Training;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`train xor`: trains a cell of the paper on its bit-stream XOR task, by the recipe that works here or by the paper's.</summary>
internal sealed class TrainXorCommand
{
    private readonly Option<string?> _cell = CommonOptions.Choice(
        "--cell", "Which cell to train: the gated CfC, the one with an LSTM's memory, without the gate, the pure solution, or the LTC.",
        XorRecipe.All[0].Cell, [.. XorRecipe.All.Select(recipe => recipe.Cell)]);
    private readonly Option<long?> _epochs = NumberOptions.Whole(
        "--epochs", "Passes over the data. [default: the recipe's: cfc 50, others 200]", 1, 100_000);
    private readonly Option<long?> _seed = NumberOptions.Whole(
        "--seed", "Seed of first parameters, order and dropout. [default: 1]", 0, long.MaxValue);
    private readonly Option<long?> _samples = NumberOptions.Whole(
        "--samples", $"Train on the first so many samples. [default: all {XorData.TrainingSamples}]", 1, XorData.TrainingSamples);
    private readonly Option<long?> _testSamples = NumberOptions.Whole(
        "--test-samples", $"Measure accuracy on the first so many test samples. [default: all {XorData.TestSamples}]", 1,
        XorData.TestSamples);
    private readonly Option<double?> _rate = CommonOptions.LearningRate();
    private readonly Option<double?> _decay = NumberOptions.Number(
        "--decay", "Factor of the learning rate an epoch. [default: the recipe's]", double.Epsilon, 1.0, "a number above 0, at most 1");
    private readonly Option<bool> _published = new("--published")
    {
        Description = "Train as the paper's code does where the recipe differs: cfc for 200 epochs from a rate of 0.05, cfc and mixed with a decay of 0.95.",
    };

    private readonly Option<long?> _threads = NumberOptions.Whole(
        "--threads", "Threads; they change the time, never a bit. [default: all processors]", 1, 1024);
    private readonly Option<string?> _output = new("--output")
    {
        Description = "Where to write the network. [default: xor-<cell>.safetensors]",
        HelpName = "file.safetensors",
    };

    private readonly CheckpointOptions _checkpoints = new();
    private readonly Option<string?> _plot = OdeInput.Plot("loss and accuracy over the epochs");
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private TrainXorCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var train = new TrainXorCommand(terminal);
        var command = new ExampleCommand(
            "xor", "Trains a cell on the paper's bit-stream XOR task, on the same data.",
            "liquidcontrol train xor --cell cfc --output cfc.safetensors --plot cfc.png",
            "liquidcontrol train xor --cell cfc --output cfc.safetensors --plot cfc.png --resume",
            "liquidcontrol train xor --cell mixed --epochs 5 --samples 20000")
        {
            train._cell, train._epochs, train._seed, train._samples, train._testSamples, train._rate, train._decay,
            train._published, train._threads, train._output, train._checkpoints.Checkpoint, train._checkpoints.Resume, train._plot, train._json,
        };
        command.SetAction((result, cancellation) => Task.FromResult(train.Run(result, cancellation)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken cancellation)
    {
        string cell = result.GetRequiredValue(_cell)!;
        string output = result.GetValue(_output) ?? $"xor-{cell}.safetensors";
        string? plot = result.GetValue(_plot);
        OutputFile.Check("--output", output, ".safetensors");
        OdePicture.ThrowIfImpossible(plot);
        var plan = _checkpoints.Plan(result, output);
        var test = XorData.Test((int)(result.GetValue(_testSamples) ?? XorData.TestSamples));
        var recipe = Recipe(result, cell, plan, test);
        var data = XorData.Training((int)(result.GetValue(_samples) ?? XorData.TrainingSamples));
        var trained = Train(recipe, data, result.GetValue(_json), cancellation);
        if (trained.Outcome != TrainingOutcome.Completed)
        {
            return CheckpointOptions.Unfinished(trained.Outcome, trained.Message, plan, _terminal);
        }

        var card = XorCard.Of(recipe, recipe.Options.Seed, data.Sequences.Count, test.Sequences.Count, trained.Epochs);
        ModelFile.Save(output, trained.Model with { Metadata = card.AddTo(trained.Metadata, ProgramVersion.Name) });
        AtomicFile.Delete(plan.Path);
        Report(recipe, card, trained, output, plot, result.GetValue(_json));
        return ExitCode.Ok;
    }

    private TrainingResult Train(XorRecipe recipe, SequenceSet data, bool json, CancellationToken cancellation)
    {
        var network = new NetworkParameters(recipe.Architecture);
        if (json || !_terminal.IsInteractive)
        {
            return NetworkTrainer.Train(data, network, recipe.Options, new XorProgress(recipe.Cell).Lines(_terminal.Error), cancellation);
        }

        return _terminal.Console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 20 }, new PercentageColumn())
            .Start(context => NetworkTrainer.Train(data, network, recipe.Options, new XorProgress(recipe.Cell).Bar(context), cancellation));
    }

    /// <summary>The recipe with what the options change.</summary>
    private XorRecipe Recipe(ParseResult result, string cell, CheckpointPlan plan, SequenceSet test)
    {
        var recipe = XorRecipe.All.First(candidate => candidate.Cell == cell);
        var usual = result.GetValue(_published) ? recipe.Published : recipe.Options;
        ulong seed = (ulong)(result.GetValue(_seed) ?? 1);
        int threads = (int)(result.GetValue(_threads) ?? Environment.ProcessorCount);
        return recipe with
        {
            Options = usual with
            {
                Epochs = (int)(result.GetValue(_epochs) ?? usual.Epochs),
                LearningRate = result.GetValue(_rate) ?? usual.LearningRate,
                RateDecayPerEpoch = result.GetValue(_decay) ?? usual.RateDecayPerEpoch,
                Seed = seed,
                Threads = threads,
                Checkpoint = plan,
                Score = (network, parameters) => XorAccuracy.Of(network.Restore(parameters), test, threads),
                Command = Command(result, cell, seed),
            },
        };
    }

    /// <summary>What to type to train the same network again, on any machine.</summary>
    private string Command(ParseResult result, string cell, ulong seed)
    {
        var words = new List<string> { $"liquidcontrol train xor --cell {cell}" };
        Add("--epochs", result.GetValue(_epochs));
        words.Add(string.Create(CultureInfo.InvariantCulture, $"--seed {seed}"));
        Add("--samples", result.GetValue(_samples));
        Add("--test-samples", result.GetValue(_testSamples));
        Add("--learning-rate", result.GetValue(_rate));
        Add("--decay", result.GetValue(_decay));
        if (result.GetValue(_published)) words.Add("--published");
        return string.Join(' ', words);

        void Add(string option, IFormattable? value)
        {
            if (value is not null) words.Add($"{option} {value.ToString(null, CultureInfo.InvariantCulture)}");
        }
    }

    private void Report(XorRecipe recipe, XorCard card, TrainingResult trained, string output, string? plot, bool json)
    {
        double[] accuracies = [.. card.Accuracies];
        string title = $"XOR, {recipe.Cell}, seed {card.Seed.ToString(CultureInfo.InvariantCulture)}";
        string? picture = OdePicture.Write(plot, title, XorPanels.Of([.. trained.EpochLosses], accuracies, recipe.Accuracy), _terminal);
        if (json)
        {
            XorEpochReport[] epochs =
            [
                .. trained.Epochs.Select(epoch => new XorEpochReport(epoch.Loss, 100.0 * epoch.Score, epoch.Seconds / 60.0)),
            ];
            _terminal.WriteJson(
                new(recipe.Cell, output, card.Seed, card.Samples, card.TestSamples, accuracies[^1], card.MinutesPerEpoch,
                    recipe.Accuracy, recipe.MinutesPerEpoch, epochs), ReportJson.Default.XorTrainingReport);
            return;
        }

        _terminal.Output.WriteLine(FormattableString.Invariant(
            $"Wrote {output}: test accuracy {accuracies[^1]:F2} % (paper: {recipe.Accuracy:F2} ± {recipe.AccuracySpread:F2} %) ")
            + FormattableString.Invariant($"after {accuracies.Length} epochs of {card.MinutesPerEpoch:G3} minutes."));
        if (picture is not null) _terminal.Output.WriteLine($"Picture: {picture}");
    }
}
