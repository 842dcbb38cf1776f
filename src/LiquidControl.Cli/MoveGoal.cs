using System.Globalization;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Robotics;

namespace LiquidControl.Cli;

/// <summary>Turns what somebody typed into joint angles inside the arm's limits, or says why that cannot be.</summary>
internal static class MoveGoal
{
    private const double Rounding = 1e-9;

    /// <summary>A pose of the robot by its name, rad.</summary>
    public static double[] Pose(ArmDescription arm, string place, string name)
    {
        if (arm.Poses.TryGetValue(name, out double[]? pose)) return pose;
        string meant = Spelling.Nearest(name, arm.Poses.Keys) is { } nearest ? $" Did you mean {nearest}?" : "";
        throw new BadInputException($"{place}: found '{name}', expected a pose of {arm.Name}: {string.Join(", ", arm.Poses.Keys)}.{meant}");
    }

    /// <summary>Joint angles in degrees, checked against the limits.</summary>
    public static double[] Joints(ArmDescription arm, double[] degrees)
    {
        if (degrees.Length != arm.JointCount)
        {
            throw new BadInputException($"--joints: found {degrees.Length} numbers, expected {arm.JointCount} for {arm.Name}, in degrees. Give one a joint.");
        }

        double[] goal = [.. degrees.Select(double.DegreesToRadians)];
        for (int i = 0; i < goal.Length; i++)
        {
            var limits = arm.Limits[i];
            if (goal[i] >= limits.Lower - Rounding && goal[i] <= limits.Upper + Rounding) continue;
            throw new BadInputException(
                $"--joints: {arm.Model.Joints[i].Name}: found {Shown(degrees[i])} degrees, expected {Degrees(limits.Lower)} to {Degrees(limits.Upper)}. "
                + "Choose an angle inside the joint's limits.");
        }

        RequireInWorkspace(arm, "--joints", goal);
        return goal;
    }

    /// <summary>Joint angles that put the tool centre point at a place (m) and, if given, turn it so (degrees); near <paramref name="start"/>.</summary>
    public static double[] Place(ArmDescription arm, double[] xyz, double[]? rpyDegrees, double[] start)
    {
        var place = new Vector3(xyz[0], xyz[1], xyz[2]);
        if (!arm.Workspace.Contains(place)) throw OutsideWorkspace(arm, "--xyz", place);
        double[] rpy = [.. (rpyDegrees ?? [0.0, 0.0, 0.0]).Select(double.DegreesToRadians)];
        var target = new Pose(Matrix3.FromRollPitchYaw(rpy[0], rpy[1], rpy[2]), place);
        double[] goal = new double[arm.JointCount];
        var options = IkOptions.Default with { PositionOnly = rpyDegrees is null };
        var result = InverseKinematics.Solve(arm.Model, target, start, arm.Limits, options, goal);
        return result.Status switch
        {
            IkStatus.Reached => goal,
            IkStatus.JointLimit => throw new BadInputException(
                $"--xyz: {Shown(place)} needs {arm.Model.Joints[result.Joint].Name} beyond its limits of {Degrees(arm.Limits[result.Joint].Lower)} to "
                + $"{Degrees(arm.Limits[result.Joint].Upper)} degrees. {Nearest(result)} Choose another place{(rpyDegrees is null ? "" : " or orientation")}."),
            _ => throw new BadInputException(
                $"--xyz: {Shown(place)} is out of reach. {Nearest(result)} Choose a place nearer to the arm{(rpyDegrees is null ? "" : ", or leave out --rpy")}."),
        };
    }

    private static void RequireInWorkspace(ArmDescription arm, string option, double[] goal)
    {
        var tool = ForwardKinematics.Tool(arm.Model, new RigidBodyWorkspace(arm.Model), goal).Translation;
        if (!arm.Workspace.Contains(tool)) throw OutsideWorkspace(arm, option, tool);
    }

    private static BadInputException OutsideWorkspace(ArmDescription arm, string option, Vector3 place) => new(
        $"{option}: the tool at {Shown(place)} would be outside the workspace of {arm.Name}, {Shown(arm.Workspace.Min)} to {Shown(arm.Workspace.Max)}. "
        + "Choose a goal inside it.");

    private static string Nearest(IkResult result)
    {
        string turn = result.OrientationError > Rounding ? $" and {double.RadiansToDegrees(result.OrientationError):F1} degrees" : "";
        return $"The nearest the tool gets is {Shown(result.Tool.Translation)}, {1e3 * result.PositionError:F1} mm{turn} off.";
    }

    private static string Degrees(double radians) => Shown(double.RadiansToDegrees(radians));

    private static string Shown(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Shown(Vector3 p) => FormattableString.Invariant($"({p.X:F3}, {p.Y:F3}, {p.Z:F3}) m");
}
