using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Simulation;
using LiquidControl.Training.Arm;
using Xunit;

namespace LiquidControl.Replay.Tests;

/// <summary>The same seeds give the same bits: again, without vector instructions, and on another processor.</summary>
public sealed class ReplayTests(Arm64Build arm64) : IClassFixture<Arm64Build>
{
    private static readonly Lazy<string[]> Here = new(RunHere);

    [Fact]
    public void The_same_seeds_give_the_same_bits_twice() => Assert.Equal(Here.Value, RunHere());

    [Fact]
    public void Every_case_has_bits_of_its_own() => Assert.Distinct(Here.Value.Select(line => line.Split(' ')[^1]));

    [Fact]
    public void A_processor_without_vector_instructions_gives_the_same_bits()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "LiquidControl.Replay.dll");
        ToolRun run = ToolRun.Start(ToolRun.Dotnet, [program], AppContext.BaseDirectory, new() { ["DOTNET_EnableHWIntrinsic"] = "0" });
        Assert.True(run.Succeeded, run.Errors);
        Assert.Equal(Here.Value, WithoutArchitecture(run.Output));
    }

    [Fact]
    public void An_arm64_build_gives_the_same_bits()
    {
        ToolRun run = arm64.Run(Path.Combine("tests", "LiquidControl.Replay"), "LiquidControl.Replay");
        Assert.True(run.Succeeded, run.Errors);
        Assert.All(Lines(run.Output), line => Assert.StartsWith("Arm64 ", line, StringComparison.Ordinal));
        Assert.Equal(Here.Value, WithoutArchitecture(run.Output));
    }

    [Fact]
    public void The_arm64_daemon_passes_its_self_test_with_the_hash_of_this_machine()
    {
        ToolRun run = arm64.Run(Path.Combine("src", "LiquidControl.Service"), "liquidcontrold", "selftest");
        Assert.True(run.Succeeded, run.Output + run.Errors);
        RobotConfiguration robot = RobotConfiguration.Load(RobotCatalog.Find("ar4-dc"));
        MotionRunResult here = new SimulatedRobot(robot, ControllerKind.Liquid).Run(
            robot.Arm.Poses["home"], robot.Arm.Poses["place"], cancellation: TestContext.Current.CancellationToken);
        Assert.Contains($"state hash {here.StateHash:x16}, {here.Statistics.Cycles} cycles, 0 bytes allocated", run.Output, StringComparison.Ordinal);
    }

    /// <summary>A network that is faded out at once would prove little.</summary>
    [Theory]
    [InlineData("ar4-dc")]
    [InlineData("ur5e")]
    public void The_random_network_acts_to_the_end(string name)
    {
        RobotConfiguration robot = RobotConfiguration.Load(RobotCatalog.Find(name));
        ArmEpisode episode = ArmReplay.NewEpisode(robot, seed: 1);
        var entry = ControllerEntry.Of(
            "liquid-random", ControllerKind.Liquid, RandomNetwork.Policy(robot.Arm, PolicyRole.Residual, seed: 1), "random");
        var watch = new ResidualObserver();
        MotionRunResult result = episode.Run(
            entry.Kind, entry.NewPolicy!(episode.Believed, episode.Settings), watch, TestContext.Current.CancellationToken);
        Assert.Equal(ControlState.Active, result.FinalState);
        Assert.Equal(ResidualFault.None, watch.Fault);
        Assert.True(watch.Acted > 0.9 * result.Statistics.Cycles, $"acted in {watch.Acted} of {result.Statistics.Cycles} cycles");
    }

    private static string[] RunHere() => [.. ReplayCase.All().Select(replay => $"{replay.Name} {replay.Hash():x16}")];

    private static string[] WithoutArchitecture(string output) =>
        [.. Lines(output).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])];

    private static string[] Lines(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private sealed class ResidualObserver : IMotionObserver
    {
        public ResidualFault Fault { get; private set; }

        public long Acted { get; private set; }

        public void Observe(double time, ControlCycle cycle, SimulatedArm arm)
        {
            Fault |= cycle.ResidualFault;
            if (Array.TrueForAll(cycle.Command.Residual, torque => torque != 0.0)) Acted++;
        }
    }
}
