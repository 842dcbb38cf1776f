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
    public async Task Json_holds_what_is_simulated_beyond_the_model_if_the_robot_states_it()
    {
        using var stated = JsonDocument.Parse((await CliRun.Of("robot", "info", "--json")).Output);
        using var silent = JsonDocument.Parse((await CliRun.Of("robot", "info", "--robot", "ur5e", "--json")).Output);

        var wrist = stated.RootElement.GetProperty("unmodelled")[5];
        Assert.Equal(400.0, wrist.GetProperty("stiffnessNmRad").GetDouble(), 9);
        Assert.Equal(0.5, wrist.GetProperty("backlashMrad").GetDouble(), 9);
        Assert.Equal(0.0288, wrist.GetProperty("rippleNm").GetDouble(), 9);
        Assert.False(silent.RootElement.TryGetProperty("unmodelled", out var none) && none.ValueKind != JsonValueKind.Null);
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
        Assert.Contains("0.06 ± 0.02", run.Output, StringComparison.Ordinal);
    }
}
