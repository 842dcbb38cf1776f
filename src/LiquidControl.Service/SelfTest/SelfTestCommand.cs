using LiquidControl.Hosting;

namespace LiquidControl.Service.SelfTest;

/// <summary>
/// `liquidcontrold selftest`: the move of `liquidcontrol move place` in this process and on this processor, over emulated chips, in lockstep.
/// Every build of the same sources prints the same state hash.
/// </summary>
internal static class SelfTestCommand
{
    public const string Usage =
        """
        Usage: liquidcontrold selftest [options]   moves an emulated arm from home to place, in lockstep: the hash that every machine gives,
                                                   the cycles, the bytes they allocated; exit code 1 unless the goal is reached with 0 bytes

          --robot NAME         a robot's name, or the path of its robot.toml [ar4-dc]
          --controller NAME    the law in the cycle [liquid]

        """;

    private const string Start = "home";
    private const string Goal = "place";
    private const int Failed = 1;

    /// <exception cref="ArgumentErrorException">A word that cannot be used, or a robot without the poses.</exception>
    public static int Run(string[] words, TextWriter output)
    {
        Arguments arguments = new(words, ["--robot", "--controller"], []);
        var kind = arguments.Controller("--controller");
        var robot = RobotConfiguration.Load(RobotCatalog.Find(arguments.Text("--robot") ?? "ar4-dc"));
        double[] start = PoseOf(robot, Start), goal = PoseOf(robot, Goal);

        // Once before it counts: whatever the runtime prepares at first use is no allocation of the cycle.
        ulong rehearsed = new SimulatedRobot(robot, kind).Run(start, goal).StateHash;
        SimulatedRobot arm = new(robot, kind);
        SelfTestResult result = new(robot, goal, arm.Run(start, goal), arm.Arm, rehearsed);
        output.WriteLine($"{robot.Arm.Name}, {ControllerNames.Of(kind)}, {Start} to {Goal}: {result}");
        return result.Passed ? 0 : Failed;
    }

    private static double[] PoseOf(RobotConfiguration robot, string name) => robot.Arm.Poses.TryGetValue(name, out double[]? pose)
        ? pose
        : throw new ArgumentErrorException(
            $"--robot: found no pose {name} in {robot.Path}, expected {Start} and {Goal}. Add it under [poses_deg], or choose ar4-dc.");
}
