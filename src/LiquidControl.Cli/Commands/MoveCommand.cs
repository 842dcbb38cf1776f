using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Daemon;
using LiquidControl.Cli.Explaining;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Neural.Kernels;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`move`: drives an arm from A to B and says how well it went.</summary>
internal sealed class MoveCommand
{
    private const double HeaviestPayload = 100.0;

    private readonly Argument<string?> _pose = new("pose")
    {
        Description = "A named pose of the robot; `liquidcontrol robot info` lists them.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<double[]> _joints = NumberOptions.Numbers("--joints", "The goal as joint angles, degrees.", "one angle a joint in degrees", 1, 16);
    private readonly Option<double[]> _xyz = NumberOptions.Numbers("--xyz", "The goal as a place of the tool centre point, base frame, m.", "x y z in m", 3, 3);
    private readonly Option<double[]> _rpy = NumberOptions.Numbers("--rpy", "With --xyz: the tool's roll, pitch and yaw, degrees; without it any orientation will do.", "roll pitch yaw in degrees", 3, 3);
    private readonly Option<string> _from = new("--from") { Description = "The pose to start from.", DefaultValueFactory = _ => "home", HelpName = "pose" };
    private readonly Option<string> _robot = CommonOptions.Robot();
    private readonly Option<string?> _controller = CommonOptions.Choice(
        "--controller", "The law that drives. [default: liquid; ct-eso for a robot without a network]", null, ControllerNames.All);
    private readonly Option<double?> _payload = NumberOptions.Number("--payload", "Mass at the tool that the controller does not know of, kg.", 0.0, HeaviestPayload, $"a mass of 0 to {HeaviestPayload:G} kg");
    private readonly Option<double?> _rate = NumberOptions.Number("--rate", "Control rate, Hz. [default: the robot's own]", 50.0, 2000.0, "a rate of 50 to 2000 Hz");
    private readonly Option<long?> _seed = NumberOptions.Whole("--seed", "Seed of the sensor noise. [default: the robot's own]", 0, long.MaxValue);
    private readonly Option<string?> _plot = new("--plot") { Description = "Draws joint errors, torques, network residual and tool path to a .png or .svg.", HelpName = "file.png" };
    private readonly Option<string?> _recording = new("--recording") { Description = "Writes what the network saw in each cycle, for `model explain` and `model timeline`.", HelpName = "file.csv" };
    private readonly Option<string> _record = RecordingFiles.Output("--record", "Records every cycle to a new file, for `hil replay`, Foxglove and PlotJuggler.", required: false);
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly DaemonMoveOptions _ofDaemon = new();
    private readonly Terminal _terminal;

    private MoveCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var move = new MoveCommand(terminal);
        var command = new ExampleCommand(
            "move", "Drives an arm, simulated or that of a running daemon, to a goal; exit code 0 only when it got there.",
            "liquidcontrol move place",
            "liquidcontrol move place --payload 0.5 --plot move.png",
            "liquidcontrol move --xyz 0.25 -0.30 0.20 --rpy 180 0 0 --controller ct-eso",
            "liquidcontrol move place --recording move.csv",
            "liquidcontrol move place --record move.mcap",
            "liquidcontrol move --joints 10 20 0 0 30 0 --from ready --json",
            "liquidcontrol move place --daemon --activate")
        {
            move._pose, move._joints, move._xyz, move._rpy, move._from, move._robot, move._controller, move._payload, move._rate, move._seed,
            move._plot, move._recording, move._record, move._json,
        };
        foreach (var option in move._ofDaemon.All) command.Options.Add(option);
        command.SetAction((result, cancellation) => Task.FromResult(move.Run(result, cancellation)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken cancellation)
    {
        _ofDaemon.ThrowIfMixed(result, _from, _controller, _payload, _rate, _seed, _recording, _record);
        string? plot = result.GetValue(_plot);
        if (_ofDaemon.Wanted(result)) return RunDaemon(result, plot, cancellation);
        var request = Request(result);
        RequirePlace(plot);
        string? recording = result.GetValue(_recording);
        if (recording is not null) RequireNetwork(request, recording);

        bool json = result.GetValue(_json);
        string? record = result.GetValue(_record);
        if (record is not null) RecordingFiles.Check("--record", record);
        var outcome = MoveSimulation.Run(request, _terminal, showsProgress: _terminal.IsInteractive && !json, record, cancellation);
        var picture = plot is null ? default : Picture.Write(plot, outcome.Trace.Title, MovePanels.Of(outcome.Trace), PngPicture.CanWriteText);
        if (recording is not null) RecordingFile.Write(recording, outcome.FeatureNames, outcome.Features);
        if (picture.Notice is { } notice) _terminal.Error.WriteLine(notice);
        bool hasNetwork = request.Controller is ControllerKind.Liquid or ControllerKind.EndToEnd;
        if (hasNetwork && KernelPaths.Shortfall is { } shortfall) _terminal.Error.WriteLine(shortfall);
        if (json) _terminal.WriteJson(outcome.Report, ReportJson.Default.MoveReport);
        else Print(request, outcome, picture.Path);
        return outcome.Report.Reached ? ExitCode.Ok : ExitCode.Missed;
    }

    private int RunDaemon(ParseResult result, string? plot, CancellationToken cancellation)
    {
        RequirePlace(plot);
        using DaemonMove move = new(_ofDaemon.Socket(result), _ofDaemon.Ring(result));
        string name = result.GetResult(_robot) is { Implicit: false } ? result.GetRequiredValue(_robot) : move.Robot;
        var robot = RobotConfiguration.Load(RobotCatalog.Find(name));
        if (robot.Arm.Name != move.Robot)
            throw new BadInputException($"--robot: found {robot.Arm.Name}, expected {move.Robot}, which the daemon drives. Leave it out.");
        var (goal, to) = Goal(result, robot.Arm, move.Position() ?? robot.Arm.Poses.Values.First());
        move.Prepare(_ofDaemon.Activates(result));
        return DaemonMoveRun.Run(move, robot.Arm, goal, to, plot, result.GetValue(_json), _terminal, cancellation);
    }

    private static void RequirePlace(string? plot)
    {
        if (plot is not null && Picture.Problem(plot) is { } problem) throw new BadInputException(problem);
    }

    /// <summary>Found out before the move, not after.</summary>
    private static void RequireNetwork(MoveRequest request, string recording)
    {
        if (request.Controller is not (ControllerKind.Liquid or ControllerKind.EndToEnd))
        {
            throw new BadInputException(
                $"--recording: found the controller {ControllerNames.Of(request.Controller)}, expected one with a network, whose inputs could be recorded. "
                + "Use --controller liquid on a robot with a trained policy.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(recording))!;
        if (!Directory.Exists(folder)) throw new BadInputException($"--recording: there is no directory {folder}. Create it or choose another place.");
    }

    private MoveRequest Request(ParseResult result)
    {
        var robot = RobotConfiguration.Load(RobotCatalog.Find(result.GetRequiredValue(_robot)));
        string from = result.GetRequiredValue(_from);
        double[] start = MoveGoal.Pose(robot.Arm, "--from", from);
        var (goal, to) = Goal(result, robot.Arm, start);
        var usual = robot.PolicyPath is null ? ControllerKind.CtEso : ControllerKind.Liquid;
        var kind = result.GetValue(_controller) is { } name ? ControllerNames.Parse(name) ?? usual : usual;
        return new(robot, kind, start, goal, from, to, result.GetValue(_payload) ?? 0.0, result.GetValue(_rate), (ulong?)result.GetValue(_seed));
    }

    /// <summary>Joint angles, rad, and a name for a person; a place is looked for near <paramref name="start"/>.</summary>
    private (double[] Angles, string Name) Goal(ParseResult result, ArmDescription arm, double[] start)
    {
        string? pose = result.GetValue(_pose);
        double[]? joints = NumberOptions.Given(result, _joints), xyz = NumberOptions.Given(result, _xyz), rpy = NumberOptions.Given(result, _rpy);
        int goals = (pose is null ? 0 : 1) + (joints is null ? 0 : 1) + (xyz is null ? 0 : 1);
        if (goals != 1)
        {
            throw new BadInputException(
                $"goal: found {goals}, expected exactly one of a pose, --joints and --xyz. Poses of {arm.Name}: {string.Join(", ", arm.Poses.Keys)}.");
        }

        if (rpy is not null && xyz is null) throw new BadInputException("--rpy: found without --xyz, expected with it. Say where the tool shall be, too.");
        if (pose is not null) return (MoveGoal.Pose(arm, "pose", pose), pose);
        return joints is not null ? (MoveGoal.Joints(arm, joints), "the given joint angles") : (MoveGoal.Place(arm, xyz!, rpy, start), "the given place");
    }

    private void Print(MoveRequest request, MoveOutcome outcome, string? picture)
    {
        var report = outcome.Report;
        var table = new Table().Title($"{report.Robot}, {report.Controller}: {Markup.Escape(request.From)} to {Markup.Escape(request.To)}").AddColumns("", "");
        table.HideHeaders();
        Row("final position error", $"{Shown(report.FinalPositionErrorMm)} mm");
        Row("final orientation error", $"{Shown(report.FinalOrientationErrorMrad)} mrad");
        Row("largest path error", $"{Shown(report.PathErrorMaxMm)} mm");
        Row("planned time", $"{Shown(outcome.Run.Duration)} s");
        Row("settled, after the planned time", $"{Shown(report.SettleMs)} ms");
        Row("payload unknown to the controller", $"{Shown(request.Payload)} kg");
        Row("cycles (late, dropped)", $"{report.Cycles} ({report.LateCycles}, {report.DroppedCycles})");
        Row("allocated in the cycle", $"{report.AllocatedBytes} bytes");
        Row("slowest cycle", string.Create(CultureInfo.InvariantCulture, $"{report.SlowestCycleUs:F0} µs"));
        Row("limiter interventions", $"{report.LimiterInterventions}");
        Row("state hash", report.StateHash);
        Row("speed", string.Create(CultureInfo.InvariantCulture, $"{report.RealTimeFactor:F1} times real time"));
        _terminal.Console.Write(table);
        if (picture is not null) _terminal.Output.WriteLine($"Picture: {picture}");
        _terminal.Output.WriteLine(Verdict(outcome));

        void Row(string name, string value) => table.AddRow(name, value);
    }

    private static string Verdict(MoveOutcome outcome) => outcome switch
    {
        { Report.Reached: true } => "Goal reached.",
        { Run.FinalState: not ControlState.Active } => $"Goal NOT reached: the controller is {outcome.Run.FinalState} because of {outcome.Run.Faults}.",
        _ => "Goal NOT reached within 2 mm, or a limit was violated on the way.",
    };

    private static string Shown(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
