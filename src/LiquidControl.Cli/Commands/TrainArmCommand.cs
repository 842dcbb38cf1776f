using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
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

    private readonly Option<string> _robot = CommonOptions.Robot();
    private readonly Option<string?> _role = CommonOptions.Choice(
        "--role", "What the network gives: a torque on top of the classical law, or the whole torque.", "residual", ["residual", EndToEnd]);
    private readonly Option<long?> _seed = NumberOptions.Whole("--seed", "Seed of moves, plants and initial weights. [default: 1]", 0, long.MaxValue);
    private readonly Option<long?> _episodes = NumberOptions.Whole("--episodes", "Moves to collect first; a DAgger round collects half as many. [default: the recipe of the shipped network]", 2, 100_000);
    private readonly Option<string?> _output = new("--output") { Description = "Where to write the network. [default: the file the robot.toml names]", HelpName = "file" };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private TrainArmCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var train = new TrainArmCommand(terminal);
        var command = new ExampleCommand(
            "arm", "Trains the network of an arm and writes it where its robot.toml expects it.",
            "liquidcontrol train arm", "liquidcontrol train arm --role end-to-end --output trial.safetensors")
        {
            train._robot, train._role, train._seed, train._episodes, train._output, train._json,
        };
        command.SetAction((result, cancellation) => Task.FromResult(train.Run(result, cancellation)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken cancellation)
    {
        var robot = RobotConfiguration.Load(RobotCatalog.Find(result.GetRequiredValue(_robot)));
        var recipe = Recipe(result, robot.Arm.Name);
        string output = Output(result, robot, recipe.Role);
        bool json = result.GetValue(_json);
        var test = new ArmUnderTest(robot.Arm, robot.Controller, () => SimulatedRobot.NewElectronics(robot));
        long began = Stopwatch.GetTimestamp();
        var trained = _terminal.IsInteractive && !json
            ? _terminal.Console.Progress().Start(context => ArmPolicyTraining.Run(test, recipe, StageProgress.Bars(context), cancellation))
            : ArmPolicyTraining.Run(test, recipe, StageProgress.Lines(_terminal.Error), cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (trained.Outcome != TrainingOutcome.Completed)
        {
            _terminal.Error.WriteLine($"error: the training did not complete: {trained.Message} Nothing was written.");
            return ExitCode.Missed;
        }

        ModelFile.Save(output, trained.Model);
        var report = new TrainingReport(
            robot.Arm.Name, result.GetRequiredValue(_role)!, output, recipe.Seed, recipe.FirstEpisodes + recipe.DaggerRounds * recipe.DaggerEpisodes,
            trained.EpochLosses[0], trained.EpochLosses[^1], Stopwatch.GetElapsedTime(began).TotalSeconds);
        if (json) _terminal.WriteJson(report, ReportJson.Default.TrainingReport);
        else _terminal.Output.WriteLine(FormattableString.Invariant($"Wrote {report.File}: {report.Episodes} moves, loss of the last stage {report.FirstLoss:G4} to {report.FinalLoss:G4}, {report.Seconds:F0} s."));
        return ExitCode.Ok;
    }

    private ArmPolicyRecipe Recipe(ParseResult result, string robot)
    {
        var usual = new ArmPolicyRecipe();
        string role = result.GetRequiredValue(_role)!;
        long seed = result.GetValue(_seed) ?? (long)usual.Seed;
        int first = (int)(result.GetValue(_episodes) ?? usual.FirstEpisodes);
        string command = $"liquidcontrol train arm --robot {robot} --role {role} --seed {seed.ToString(CultureInfo.InvariantCulture)} --episodes {first}";
        return usual with
        {
            Role = role == EndToEnd ? PolicyRole.EndToEnd : PolicyRole.Residual,
            Seed = (ulong)seed,
            FirstEpisodes = first,
            DaggerEpisodes = first == usual.FirstEpisodes ? usual.DaggerEpisodes : first / 2,
            Options = usual.Options with { Command = command },
        };
    }

    /// <summary>Found out before the training, not after.</summary>
    private string Output(ParseResult result, RobotConfiguration robot, PolicyRole role)
    {
        string path = result.GetValue(_output) ?? robot.PolicyPathOf(role)
            ?? throw new BadInputException($"--output: found nothing, and {robot.Path} names no network for this role. Give a file.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Directory.Exists(folder) ? path : throw new BadInputException($"--output: there is no directory {folder}. Create it or choose another place.");
    }
}
