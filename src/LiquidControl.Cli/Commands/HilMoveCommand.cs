using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LiquidControl.Cli.Reports;
using LiquidControl.Control;
using LiquidControl.Devices;
using LiquidControl.Hosting;
using LiquidControl.Robotics;
using LiquidControl.Simulation.Nodes;

namespace LiquidControl.Cli.Commands;

/// <summary>`hil move`: drives the emulated arm through its nodes, as a real one would be driven.</summary>
internal sealed class HilMoveCommand
{
    private const double WithinMm = 1.0;

    private readonly Argument<string> _pose = new("pose") { Description = "A named pose of the robot." };
    private readonly Option<string> _robot = CommonOptions.Robot();
    private readonly Option<string?> _controller = CommonOptions.Choice("--controller", "The law that drives.", "liquid", ControllerNames.All);
    private readonly Option<long?> _offset = NumberOptions.Whole("--offset", "The emulator's --offset. [default: 0]", 0, 1000);
    private readonly Option<string> _root = new("--root") { Description = "The emulator's --root.", DefaultValueFactory = _ => "/dev", HelpName = "folder" };
    private readonly Option<string> _run = HilCommand.RunFolder();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private HilMoveCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var move = new HilMoveCommand(terminal);
        var command = new ExampleCommand(
            "move", "Drives a running emulator's arm through its nodes at the robot's rate; exit code 0 only within 1 mm of the goal.",
            "liquidcontrol hil exec -- liquidcontrol hil move place", "liquidcontrol hil exec -- liquidcontrol hil move place --controller ct-eso --json")
        {
            move._pose, move._robot, move._controller, move._offset, move._root, move._run, move._json,
        };
        command.SetAction((result, cancellation) => Task.FromResult(move.Run(result, cancellation)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken cancellation)
    {
        var robot = RobotConfiguration.Load(RobotCatalog.Find(result.GetRequiredValue(_robot)));
        if (robot.Wiring is null) throw new BadInputException($"--robot: found {robot.Arm.Name}, which has no chips, expected one with DC bridges, such as ar4-dc.");
        double[] goal = MoveGoal.Pose(robot.Arm, "pose", result.GetRequiredValue(_pose));
        string controller = result.GetRequiredValue(_controller)!, socket = HilCommand.SocketIn(result.GetRequiredValue(_run));
        double[] Look() => JsonSerializer.Deserialize(EmulatorSocket.Ask(socket, "status"), EmulatorJson.Default.EmulatorStatus)!.ToolM;
        Look();
        var move = new NodeMove(robot, ControllerNames.Parse(controller)!.Value, Nodes(result));
        NodeMoveResult run;
        try
        {
            run = move.Run(goal, Look, cancellation);
        }
        catch (HardwareException error)
        {
            throw new BadInputException(error.Message);
        }

        var report = Report(robot, controller, goal, run);
        if (result.GetValue(_json)) _terminal.WriteJson(report, ReportJson.Default.NodeMoveReport);
        else Print(report);
        return report.Reached ? ExitCode.Ok : ExitCode.Missed;
    }

    private DcArmNodes Nodes(ParseResult result) => new NodeLayout((int)(result.GetValue(_offset) ?? 0)).In(result.GetRequiredValue(_root));

    private static NodeMoveReport Report(RobotConfiguration robot, string controller, double[] goal, NodeMoveResult run)
    {
        Vector3 wanted = ForwardKinematics.Tool(robot.Arm.Model, new RigidBodyWorkspace(robot.Arm.Model), goal).Translation;
        double errorMm = 1e3 * (new Vector3(run.Tool[0], run.Tool[1], run.Tool[2]) - wanted).Norm;
        return new(
            errorMm <= WithinMm && run.State == ControlState.Active, robot.Arm.Name, controller, errorMm, $"{run.State}", $"{run.Faults}",
            run.Statistics.Cycles, run.Statistics.LateCycles, run.SkippedPeriods, run.SlowestCycleNs * 1e-3,
            run.BusTimeNs * 1e-3 / Math.Max(1, run.Statistics.Cycles));
    }

    private void Print(NodeMoveReport report)
    {
        _terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Robot}, {report.Controller}: {report.FinalPositionErrorMm:F2} mm from the goal, {report.State}, faults {report.Faults}."));
        _terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Cycles} cycles, {report.LateCycles} late, {report.SkippedPeriods} periods skipped; slowest {report.SlowestCycleUs:F0} µs, {report.BusTimeUsACycle:F0} µs a cycle in the nodes."));
        _terminal.Output.WriteLine(report.Reached ? "Goal reached." : $"Goal NOT reached within {WithinMm:G} mm.");
    }
}
