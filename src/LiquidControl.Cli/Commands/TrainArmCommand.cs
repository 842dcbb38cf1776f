using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Neural;
using LiquidControl.Training;
using LiquidControl.Training.Arm;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`train arm`: collects moves, learns from them, lets the network drive and learns on; writes the robot's network.</summary>
internal sealed class TrainArmCommand
{
    private const string EndToEnd = "end-to-end";
    private const int UsualMoves = 96;

    private readonly Option<string> _robot = CommonOptions.Robot();
    private readonly Option<string?> _role = CommonOptions.Choice(
        "--role", "What the network gives: a torque on top of the classical law, or the whole torque.", "residual", ["residual", EndToEnd]);
    private readonly Option<long?> _seed = NumberOptions.Whole("--seed", "Seed of moves, plants and initial weights. [default: 1]", 0, long.MaxValue);
    private readonly Option<long?> _episodes = NumberOptions.Whole("--episodes", "Moves to collect first; a DAgger round collects half as many. [default: the recipe of the shipped network]", 2, 100_000);
    private readonly Option<double?> _rate = CommonOptions.LearningRate();
    private readonly Option<long?> _evaluate = NumberOptions.Whole(
        "--evaluate", $"Moves to drive with the trained network and with ct-eso, in two scenarios, for the model's card; 0 for none. [default: {UsualMoves}]", 0, 100_000);
    private readonly Option<string?> _output = new("--output") { Description = "Where to write the network. [default: the file the robot.toml names]", HelpName = "file" };
    private readonly CheckpointOptions _checkpoints = new();
    private readonly Option<string?> _plot = OdeInput.Plot("the loss over the epochs of all stages");
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private TrainArmCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var train = new TrainArmCommand(terminal);
        var command = new ExampleCommand(
            "arm", "Trains the network of an arm and writes it where its robot.toml expects it.",
            "liquidcontrol train arm", "liquidcontrol train arm --resume",
            "liquidcontrol train arm --role end-to-end --output trial.safetensors --plot loss.png")
        {
            train._robot, train._role, train._seed, train._episodes, train._rate, train._evaluate, train._output,
            train._checkpoints.Checkpoint, train._checkpoints.Resume, train._plot, train._json,
        };
        command.SetAction((result, cancellation) => Task.FromResult(train.Run(result, cancellation)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken cancellation)
    {
        var robot = RobotConfiguration.Load(RobotCatalog.Find(result.GetRequiredValue(_robot)));
        string output = Output(result, robot);
        string? plot = result.GetValue(_plot);
        OdePicture.ThrowIfImpossible(plot);
        var plan = _checkpoints.Plan(result, output);
        var recipe = Recipe(result, robot.Arm.Name, plan);
        bool json = result.GetValue(_json);
        long began = Stopwatch.GetTimestamp();
        var (trained, rows) = _terminal.IsInteractive && !json
            ? _terminal.Console.Progress().Start(context => Train(result, robot, recipe, StageProgress.Bars(context), cancellation))
            : Train(result, robot, recipe, StageProgress.Lines(_terminal.Error), cancellation);
        if (trained.Outcome != TrainingOutcome.Completed)
        {
            return CheckpointOptions.Unfinished(trained.Outcome, trained.Message, plan, _terminal);
        }

        ModelFile.Save(output, ArmCard.Sign(trained, recipe, rows, ProgramVersion.Name));
        ArmPolicyTraining.RemoveCheckpoint(recipe);
        string? picture = OdePicture.Write(
            plot, $"{robot.Arm.Name}, seed {recipe.Seed.ToString(CultureInfo.InvariantCulture)}",
            [LossPanel.Of([.. trained.Stages.Select(stage => (stage.Name, stage.Result.EpochLosses.ToArray()))])], _terminal);
        var losses = trained.Stages[^1].Result.EpochLosses;
        var report = new TrainingReport(
            robot.Arm.Name, result.GetRequiredValue(_role)!, output, recipe.Seed, recipe.Episodes,
            losses[0], losses[^1], rows, Stopwatch.GetElapsedTime(began).TotalSeconds);
        if (json) _terminal.WriteJson(report, ReportJson.Default.TrainingReport);
        else Print(report, picture);
        return ExitCode.Ok;
    }

    /// <summary>Trains and, where that completed, drives what was trained.</summary>
    private (ArmTrainingResult Trained, IReadOnlyList<EvaluationRow> Rows) Train(
        ParseResult result, RobotConfiguration robot, ArmPolicyRecipe recipe, Action<ArmTrainingProgress> progress,
        CancellationToken cancellation)
    {
        var test = new ArmUnderTest(robot.Arm, robot.Controller, () => SimulatedRobot.NewElectronics(robot)) { Effects = robot.Simulation.Effects };
        var trained = ArmPolicyTraining.Run(test, recipe, progress, cancellation);
        if (trained.Outcome != TrainingOutcome.Completed) return (trained, []);
        try
        {
            int moves = (int)(result.GetValue(_evaluate) ?? UsualMoves);
            return (trained, ArmCard.Evaluate(test, recipe, trained.Model, moves, progress, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return (trained with { Outcome = TrainingOutcome.Cancelled, Message = "evaluating: Stopped on request." }, []);
        }
    }

    private ArmPolicyRecipe Recipe(ParseResult result, string robot, CheckpointPlan plan)
    {
        string role = result.GetRequiredValue(_role)!;
        var usual = ArmPolicyRecipe.Of(role == EndToEnd ? PolicyRole.EndToEnd : PolicyRole.Residual);
        long seed = result.GetValue(_seed) ?? (long)usual.Seed;
        int first = (int)(result.GetValue(_episodes) ?? usual.FirstEpisodes);
        double? rate = result.GetValue(_rate);
        var words = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"liquidcontrol train arm --robot {robot} --role {role} --seed {seed} --episodes {first}"),
        };
        if (rate is not null) words.Add(string.Create(CultureInfo.InvariantCulture, $"--learning-rate {rate}"));
        if (result.GetValue(_evaluate) is { } moves) words.Add(string.Create(CultureInfo.InvariantCulture, $"--evaluate {moves}"));
        return usual with
        {
            Seed = (ulong)seed,
            FirstEpisodes = first,
            DaggerEpisodes = first == usual.FirstEpisodes ? usual.DaggerEpisodes : first / 2,
            Options = usual.Options with
            {
                LearningRate = rate ?? usual.Options.LearningRate,
                Checkpoint = plan,
                Command = string.Join(' ', words),
            },
        };
    }

    /// <summary>Found out before the training, not after.</summary>
    private string Output(ParseResult result, RobotConfiguration robot)
    {
        var role = result.GetRequiredValue(_role) == EndToEnd ? PolicyRole.EndToEnd : PolicyRole.Residual;
        string path = result.GetValue(_output) ?? robot.PolicyPathOf(role)
            ?? throw new BadInputException($"--output: found nothing, and {robot.Path} names no network for this role. Give a file.");
        OutputFile.CheckFolder("--output", path);
        return path;
    }

    private void Print(TrainingReport report, string? picture)
    {
        foreach (var scenario in report.Evaluation.GroupBy(row => row.Scenario))
        {
            EvalArmCommand.Print(report.Robot, [.. scenario], _terminal);
        }

        _terminal.Output.WriteLine(FormattableString.Invariant(
            $"Wrote {report.File}: {report.Episodes} moves, loss of the last stage {report.FirstLoss:G4} to {report.FinalLoss:G4}, {report.Seconds:F0} s."));
        if (picture is not null) _terminal.Output.WriteLine($"Picture: {picture}");
    }
}
