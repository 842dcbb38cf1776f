using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Neural;
using LiquidControl.Simulation;
using LiquidControl.Training.Prediction;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`predict`: runs a move, asks in the middle of it where the arm will be, and shows that beside where it came to be.</summary>
internal sealed class PredictCommand
{
    private const double UsualAt = 0.3;
    private const double LongestMove = 60.0;
    private const double HeaviestPayload = 100.0;

    /// <summary>The curve's horizons, s.</summary>
    private const double Spacing = 0.01;

    private readonly Argument<string> _pose = new("pose") { Description = "A named pose of the robot; `liquidcontrol robot info` lists them." };
    private readonly Option<string> _from = new("--from") { Description = "The pose to start from.", DefaultValueFactory = _ => "home", HelpName = "pose" };
    private readonly Option<string> _robot = CommonOptions.Robot();
    private readonly Option<double?> _payload = NumberOptions.Number("--payload", "Mass at the tool that the controller does not know of, kg.", 0.0, HeaviestPayload, $"a mass of 0 to {HeaviestPayload:G} kg");
    private readonly Option<double?> _at = NumberOptions.Number("--at", $"When in the move to ask, s. [default: {UsualAt.ToString(CultureInfo.InvariantCulture)}]", 0.0, LongestMove, $"a time of 0 to {LongestMove:G} s");
    private readonly Option<long?> _seed = NumberOptions.Whole("--seed", "Seed of the sensor noise. [default: the robot's own]", 0, long.MaxValue);
    private readonly Option<string?> _plot = OdeInput.Plot("predicted beside true motion");
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private PredictCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var predict = new PredictCommand(terminal);
        var command = new ExampleCommand(
            "predict", "Drives a simulated arm with ct-eso, asks the CfC on the way for the joint state of the next second, and shows what came.",
            "liquidcontrol predict place",
            "liquidcontrol predict place --payload 0.5 --at 0.2 --plot predict.png",
            "liquidcontrol predict pick --from ready --json")
        {
            predict._pose, predict._from, predict._robot, predict._payload, predict._at, predict._seed, predict._plot, predict._json,
        };
        command.SetAction((result, cancellation) => Task.FromResult(predict.Run(result, cancellation)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken cancellation)
    {
        var robot = RobotConfiguration.Load(RobotCatalog.Find(result.GetRequiredValue(_robot)));
        string? plot = result.GetValue(_plot);
        OdePicture.ThrowIfImpossible(plot);
        string from = result.GetRequiredValue(_from), to = result.GetRequiredValue(_pose);
        double[] start = MoveGoal.Pose(robot.Arm, "--from", from), goal = MoveGoal.Pose(robot.Arm, "pose", to);
        string file = robot.RequirePredictor();
        var predictor = JointStatePredictor.Create(ModelFile.Load(file), robot.Arm.JointCount, robot.Controller, file);
        double at = result.GetValue(_at) ?? UsualAt;
        var simulated = new SimulatedRobot(robot, ControllerKind.CtEso, result.GetValue(_payload) ?? 0.0, seed: (ulong?)result.GetValue(_seed));
        double[] horizons = [.. Enumerable.Range(0, (int)(JointStatePredictor.LongestHorizon / Spacing) + 1).Select(k => Math.Min(k * Spacing, JointStatePredictor.LongestHorizon))];
        var curve = new PredictionCurve(robot.Arm, predictor, at, horizons);
        double duration = new MotionRun(simulated.Arm, simulated.Cycle, PredictionEvaluation.HoldAfter).Run(start, goal, curve, cancellation).Duration;
        if (!(curve.Asked <= duration))
        {
            throw new BadInputException(FormattableString.Invariant(
                $"--at: found {at:G6}, expected a time within the move from {from} to {to}, 0 to {duration:F3} s. Ask earlier."));
        }

        var motion = curve.ToMotion();
        string title = $"{robot.Arm.Name}, {from} to {to}";
        string? picture = OdePicture.Write(plot, title, PredictionPanels.OfMove(motion, [.. robot.Arm.Model.Joints.Select(joint => joint.Name)]), _terminal);
        if (result.GetValue(_json)) _terminal.WriteJson(Report(robot.Arm.Name, curve.Asked, duration, motion), ReportJson.Default.PredictionReport);
        else Print(title, curve.Asked, duration, motion, picture);
        return ExitCode.Ok;
    }

    private static PredictionReport Report(string robot, double asked, double duration, PredictedMotion motion) => new(
        robot, asked, duration, motion.Horizons, motion.Positions, motion.TruePositions, motion.Velocities, motion.TrueVelocities,
        motion.ToolErrorMm, motion.PlanToolErrorMm);

    private void Print(string title, double asked, double duration, PredictedMotion motion, string? picture)
    {
        var table = new Table()
            .Title(Markup.Escape(FormattableString.Invariant($"{title}: asked {asked:F3} s into a move of {duration:F3} s")))
            .AddColumns("horizon", "predicted joints (deg)", "largest error", "plan's", "tool error", "plan's");
        foreach (double horizon in PredictionEvaluation.Horizons)
        {
            int h = (int)Math.Round(horizon / Spacing);
            string joints = string.Join(' ', motion.Positions[h].Select(q => double.RadiansToDegrees(q).ToString("F2", CultureInfo.InvariantCulture)));
            table.AddRow(
                $"{Shown(horizon)} s", joints, $"{Shown(Largest(motion.Positions[h], motion.TruePositions[h]))} mrad",
                $"{Shown(Largest(motion.PlanPositions[h], motion.TruePositions[h]))} mrad", $"{Shown(motion.ToolErrorMm[h])} mm",
                $"{Shown(motion.PlanToolErrorMm[h])} mm");
        }

        _terminal.Console.Write(table);
        if (picture is not null) _terminal.Output.WriteLine($"Picture: {picture}");
    }

    private static double Largest(double[] told, double[] truth) => 1e3 * told.Zip(truth, (a, b) => Math.Abs(a - b)).Max();

    private static string Shown(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
