using System.Text.Json;
using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class RobotInfoCommandTests
{
    [Theory]
    [InlineData("ar4-dc", "dc-motors", 120.0, 22.0)]
    [InlineData("ur5e", "ideal-torque", 180.0, 150.0)]
    public async Task Json_holds_the_limits_in_force(string robot, string drives, double velocity, double torque)
    {
        var run = await CliRun.Of("robot", "info", "--robot", robot, "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Output);
        var joint = json.RootElement.GetProperty("joints")[0];
        Assert.Equal(drives, json.RootElement.GetProperty("drives").GetString());
        Assert.Equal(6, json.RootElement.GetProperty("joints").GetArrayLength());
        Assert.Equal(velocity, joint.GetProperty("velocityDegS").GetDouble(), 10);
        Assert.Equal(torque, joint.GetProperty("torqueNm").GetDouble(), 10);
    }

    [Fact]
    public async Task The_table_is_plain_text_when_it_is_redirected()
    {
        var run = await CliRun.Of("robot", "info");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Contains("joint_6", run.Output, StringComparison.Ordinal);
        Assert.Contains("place", run.Output, StringComparison.Ordinal);
        Assert.Contains("PWM 0x40", run.Output, StringComparison.Ordinal);
    }
}
