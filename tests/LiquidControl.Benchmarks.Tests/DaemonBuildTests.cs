using System.Text.Json;
using LiquidControl.Cli;
using LiquidControl.Cli.Benchmarks;
using LiquidControl.Cli.Benchmarks.Jitter;
using LiquidControl.Control;
using LiquidControl.Hosting;
using Xunit;

namespace LiquidControl.Benchmarks.Tests;

/// <summary>The daemon compiled ahead of time: its size, its memory, and that it computes what a JIT computes.</summary>
public sealed class DaemonBuildTests
{
    [Fact]
    public async Task Its_file_and_its_memory_are_within_their_limits()
    {
        Need.Tools("gcc");
        using StringWriter output = new(), error = new();
        int code = await Cli.CommandLine.RunAsync(
            ["bench", "start", "--starts", "3", "--json"], new Terminal(output, error, isInteractive: false), TestContext.Current.CancellationToken);
        Assert.True(code is ExitCode.Ok or ExitCode.Missed, error.ToString());
        JsonElement report = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.True(report.GetProperty("isNative").GetBoolean());
        Assert.InRange(report.GetProperty("binaryMb").GetDouble(), 1.0, 15.0);
        Assert.InRange(report.GetProperty("residentMaxMb").GetDouble(), 1.0, 25.0);

        // How fast this machine is just now is no property of the code.
        TestContext.Current.SendDiagnosticMessage("start to Inactive, median: {0:F0} ms", report.GetProperty("startMedianMs").GetDouble());
    }

    [Fact]
    public async Task Its_self_test_gives_the_hash_of_the_same_move_here()
    {
        Need.Tools("gcc");
        using StringWriter output = new(), error = new();
        var daemon = await DaemonProgram.FindAsync(new Terminal(output, error, isInteractive: false), TestContext.Current.CancellationToken);
        int code = await ChildProcess.RunAsync(
            daemon.File, [.. daemon.FirstArguments, "selftest"], Path.GetTempPath(), output, error, TestContext.Current.CancellationToken);
        Assert.True(code == 0, output.ToString() + error);

        var robot = RobotConfiguration.Load(RobotCatalog.Find("ar4-dc"));
        var here = new SimulatedRobot(robot, ControllerKind.Liquid).Run(
            robot.Arm.Poses["home"], robot.Arm.Poses["place"], cancellation: TestContext.Current.CancellationToken);
        Assert.Contains($"state hash {here.StateHash:x16}, {here.Statistics.Cycles} cycles, 0 bytes allocated", output.ToString(), StringComparison.Ordinal);
    }
}
