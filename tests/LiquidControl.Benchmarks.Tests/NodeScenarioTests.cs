using System.Text.Json;
using LiquidControl.Cli;
using LiquidControl.Cli.Benchmarks;
using Xunit;

namespace LiquidControl.Benchmarks.Tests;

/// <summary>
/// Scenarios of the repository run free by the daemon, compiled ahead of time, on emulated nodes. In a process of its own, for what other tests
/// allocate in this one would hold up the nodes.
/// </summary>
public sealed class NodeScenarioTests(ITestOutputHelper output)
{
    private static readonly string[] Scenarios =
    [
        "move-with-half-a-kilogram", "operator-stop", "setpoints-silent", "emergency-stop", "pwm-nak", "encoder-parity", "encoder-frozen-joint-1",
        "drive-dead", "obstacle", "supply-12-v", "loop-killed", "encoders-swapped",
    ];

    [Fact]
    public async Task What_holds_in_lockstep_holds_with_the_daemon_on_nodes()
    {
        Need.DeviceNodes();
        string[] files = [.. Scenarios.Select(name => Path.Combine("tests", "scenarios", name + ".toml"))];
        using StringWriter printed = new(), said = new();
        int code = await ChildProcess.RunAsync(
            ChildProcess.Dotnet, [Path.Combine(AppContext.BaseDirectory, "liquidcontrol.dll"), "hil", "run", .. files, "--nodes", "--json"], Checkout.Find(),
            printed, said, TestContext.Current.CancellationToken);
        Assert.True(code is ExitCode.Ok or ExitCode.Missed, said.ToString());
        using var rows = JsonDocument.Parse(printed.ToString());
        Assert.Equal(files, rows.RootElement.EnumerateArray().Select(row => row.GetProperty("file").GetString()));
        foreach (JsonElement row in rows.RootElement.EnumerateArray())
        {
            output.WriteLine($"{row.GetProperty("file")}: {row.GetProperty("state")}, {row.GetProperty("faults")}");
            foreach (JsonElement attempt in row.GetProperty("attempts").EnumerateArray())
                output.WriteLine($"  {attempt}");
        }

        Assert.All(rows.RootElement.EnumerateArray(), row => Assert.True(row.GetProperty("isPassed").GetBoolean(), $"{row}"));
        Assert.Equal(ExitCode.Ok, code);
    }
}
