using System.CommandLine;
using System.Diagnostics;
using LiquidControl.Cli.Reports;
using LiquidControl.Hosting;
using LiquidControl.Neural;
using LiquidControl.Training;
using LiquidControl.Training.Arm;
using LiquidControl.Training.Prediction;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`train predict`: collects moves, learns where the arm will be, and writes the robot's predictor.</summary>
internal sealed class TrainPredictCommand
{
    private readonly Option<string> _robot = CommonOptions.Robot();
    private readonly Option<long?> _seed = NumberOptions.Whole("--seed", "Seed of moves, plants, questions and initial weights. [default: 1]", 0, long.MaxValue);
    private readonly Option<long?> _episodes = NumberOptions.Whole("--episodes", "Moves to collect. [default: the recipe of the shipped network]", 1, 100_000);
    private readonly Option<string?> _output = new("--output")
    {
        Description = "Where to write the network. [default: the file the robot.toml names]",
        HelpName = "file.safetensors",
    };

    private readonly Option<string?> _plot = OdeInput.Plot("the loss over the epochs");
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private TrainPredictCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var train = new TrainPredictCommand(terminal);
        var command = new ExampleCommand(
            "predict", "Trains the network that tells an arm's joint state at any time within the next second, and writes it.",
            "liquidcontrol train predict",
            "liquidcontrol train predict --seed 2 --episodes 500 --output trial.safetensors --plot loss.png")
        {
            train._robot, train._seed, train._episodes, train._output, train._plot, train._json,
        };
        command.SetAction((result, cancellation) => Task.FromResult(train.Run(result, cancellation)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken cancellation)
    {
        var robot = RobotConfiguration.Load(RobotCatalog.Find(result.GetRequiredValue(_robot)));
        string output = result.GetValue(_output) ?? robot.PredictorPath
            ?? throw new BadInputException($"--output: found nothing, and {robot.Path} names no predictor. Give a file.");
        OutputFile.Check("--output", output, ".safetensors");
        string? plot = result.GetValue(_plot);
        OdePicture.ThrowIfImpossible(plot);
        var recipe = Recipe(result, robot.Arm.Name);
        bool json = result.GetValue(_json);
        var test = new ArmUnderTest(robot.Arm, robot.Controller, () => SimulatedRobot.NewElectronics(robot));
        long began = Stopwatch.GetTimestamp();
        var trained = _terminal.IsInteractive && !json
            ? _terminal.Console.Progress().Start(context => PredictorTraining.Run(test, recipe, StageProgress.Bars(context), cancellation))
            : PredictorTraining.Run(test, recipe, StageProgress.Lines(_terminal.Error), cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (trained.Outcome != TrainingOutcome.Completed)
        {
            _terminal.Error.WriteLine($"error: the training did not complete: {trained.Message} Nothing was written.");
            return ExitCode.Missed;
        }

        ModelFile.Save(output, trained.Model);
        double[] losses = [.. trained.EpochLosses];
        double[] epochs = [.. Enumerable.Range(1, losses.Length).Select(epoch => (double)epoch)];
        string? picture = OdePicture.Write(
            plot, robot.Arm.Name, [new("loss of the predictor", "epoch", "mean loss", [new("training", epochs, losses)], IsLogY: true)], _terminal);
        var report = new PredictorTrainingReport(
            robot.Arm.Name, output, recipe.Seed, recipe.Episodes, trained.Network.Count, losses, Stopwatch.GetElapsedTime(began).TotalSeconds);
        if (json) _terminal.WriteJson(report, ReportJson.Default.PredictorTrainingReport);
        else Print(report, picture);
        return ExitCode.Ok;
    }

    private PredictorRecipe Recipe(ParseResult result, string robot)
    {
        var usual = new PredictorRecipe();
        ulong seed = (ulong)(result.GetValue(_seed) ?? (long)usual.Seed);
        int episodes = (int)(result.GetValue(_episodes) ?? usual.Episodes);
        return usual with
        {
            Seed = seed,
            Episodes = episodes,
            Options = usual.Options with
            {
                Command = FormattableString.Invariant($"liquidcontrol train predict --robot {robot} --seed {seed} --episodes {episodes}"),
            },
        };
    }

    private void Print(PredictorTrainingReport report, string? picture)
    {
        _terminal.Output.WriteLine(FormattableString.Invariant(
            $"Wrote {report.File}: {report.Episodes} moves, {report.Parameters} parameters, loss {report.Losses[0]:G4} to {report.Losses[^1]:G4}, {report.Seconds:F0} s."));
        if (picture is not null) _terminal.Output.WriteLine($"Picture: {picture}");
    }
}
