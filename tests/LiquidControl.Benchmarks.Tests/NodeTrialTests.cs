using System.Text.Json;
using LiquidControl.Cli;
using Xunit;

namespace LiquidControl.Benchmarks.Tests;

/// <summary>The daemon compiled ahead of time on emulated nodes: its life and its deaths; not its times, but for the watchdog's.</summary>
public sealed class NodeTrialTests
{
    [Fact]
    public async Task A_killed_daemon_leaves_the_outputs_off_within_the_watchdogs_period_and_the_next_one_says_so()
    {
        JsonElement report = await RunAsync("hil", "kills", "--count", "3", "--json");
        Assert.Equal(3, report.GetProperty("kills").GetInt32());
        Assert.True(report.GetProperty("poweredKills").GetInt32() > 0);
        Assert.Equal(0, report.GetProperty("stillOn").GetInt32());
        Assert.InRange(report.GetProperty("offMaxMs").GetDouble(), 0.0, report.GetProperty("watchdogMs").GetDouble());
        Assert.Equal(0, report.GetProperty("unreported").GetInt32());
        Assert.Equal(0, report.GetProperty("notRefused").GetInt32());
    }

    [Fact]
    public async Task The_daemon_moves_the_arm_through_the_nodes_while_readers_come_and_go()
    {
        JsonElement report = await RunAsync("hil", "endure", "--seconds", "8", "--json");
        Assert.True(report.GetProperty("moves").GetInt32() > 0);
        Assert.InRange(report.GetProperty("worstErrorMm").GetDouble(), 0.0, 1.0);
        Assert.True(report.GetProperty("readersKilled").GetInt32() > 0);
        Assert.True(report.GetProperty("recordsRead").GetInt64() > 0);
        Assert.Equal(0, report.GetProperty("recordsTorn").GetInt64());
        Assert.Equal(0, report.GetProperty("recordsLeftTorn").GetInt64());
    }

    private static async Task<JsonElement> RunAsync(params string[] arguments)
    {
        Need.DeviceNodes();
        using StringWriter output = new(), error = new();
        int code = await Cli.CommandLine.RunAsync(arguments, new Terminal(output, error, isInteractive: false), TestContext.Current.CancellationToken);
        Assert.True(code is ExitCode.Ok or ExitCode.Missed, error.ToString());
        return JsonDocument.Parse(output.ToString()).RootElement.Clone();
    }
}
