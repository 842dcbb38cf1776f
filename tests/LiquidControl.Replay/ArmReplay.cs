using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Neural;
using LiquidControl.Simulation;
using LiquidControl.Training.Arm;

namespace LiquidControl.Replay;

/// <summary>
/// Whole motions: configuration files, trajectory, controller, limiter, drivers on emulated chips (ar4-dc) or ideal torque sources (ur5e),
/// plant. The network kinds run a random network, and the robot's own where it has been trained.
/// </summary>
public static class ArmReplay
{
    private const ulong NetworkSeed = 1;

    /// <summary>A motion of each: other pairs, plants, noise, periods and drops.</summary>
    private static readonly ulong[] Seeds = [1, 2, 3];

    public static IReadOnlyList<string> Robots { get; } = ["ar4-dc", "ur5e"];

    public static IEnumerable<ReplayCase> Cases() => Robots.SelectMany(Cases);

    /// <summary>The robot's motion of a seed in the perturbed scenario.</summary>
    public static ArmEpisode NewEpisode(RobotConfiguration robot, ulong seed)
    {
        var test = new ArmUnderTest(robot.Arm, robot.Controller, () => SimulatedRobot.NewElectronics(robot));
        return new ArmEpisode(test, Scenario.Perturbed, ModelError.Evaluation, seed, ArmEvaluation.Rate);
    }

    private static IEnumerable<ReplayCase> Cases(string name)
    {
        RobotConfiguration robot = RobotConfiguration.Load(RobotCatalog.Find(name));
        return
            from controller in Controllers(robot)
            from seed in Seeds
            select new ReplayCase(name, controller.Name, Scenario.Perturbed.Name, seed, () => Run(robot, controller, seed));
    }

    private static IEnumerable<ControllerEntry> Controllers(RobotConfiguration robot)
    {
        foreach (string controller in ControllerNames.All)
        {
            ControllerKind kind = ControllerNames.Parse(controller)!.Value;
            if (RoleOf(kind) is not { } role)
            {
                yield return new(controller, kind);
                continue;
            }

            yield return ControllerEntry.Of($"{controller}-random", kind, RandomNetwork.Policy(robot.Arm, role, NetworkSeed), "random");
            if (robot.PolicyPathOf(role) is { } path && File.Exists(path))
                yield return ControllerEntry.Of(controller, kind, ModelFile.Load(path), path);
        }
    }

    private static ulong Run(RobotConfiguration robot, ControllerEntry entry, ulong seed)
    {
        ArmEpisode episode = NewEpisode(robot, seed);
        var judge = new MotionJudge(robot.Arm, episode.Pair.Start, episode.Pair.Goal);
        return episode.Run(entry.Kind, entry.NewPolicy?.Invoke(episode.Believed, episode.Settings), judge, CancellationToken.None).StateHash;
    }

    private static PolicyRole? RoleOf(ControllerKind kind) => kind switch
    {
        ControllerKind.Liquid => PolicyRole.Residual,
        ControllerKind.EndToEnd => PolicyRole.EndToEnd,
        _ => null,
    };
}
