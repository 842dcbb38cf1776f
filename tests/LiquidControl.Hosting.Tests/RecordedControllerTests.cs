using LiquidControl.Control;
using LiquidControl.Simulation;
using LiquidControl.Telemetry;
using Xunit;

namespace LiquidControl.Hosting.Tests;

public class RecordedControllerTests
{
    private static readonly RobotConfiguration Robot = RobotConfiguration.Load(RobotCatalog.Find("ar4-dc"));

    private static readonly RecordingOrigin Origin = RecordedController.OriginOf(Robot, ControllerKind.CtEso, new ModelError(1.2, 0.8), 250.0, "test");

    [Fact]
    public void Files_that_are_as_they_were_change_nothing_and_others_are_named()
    {
        Assert.Empty(new RecordedController(Origin, Robot).Changes);
        var changes = new RecordedController(Origin with { RobotHash = "0", PolicyHash = "1" }, Robot).Changes;
        Assert.Equal(
            [$"The robot.toml has changed since: its hash was 0, now it is {Origin.RobotHash}.", "The network has changed since: its hash was 1, now it is of no file."],
            changes);
        Assert.NotEqual(Origin.RobotHash, Origin.UrdfHash);
        Assert.Equal(16, Origin.UrdfHash.Length);
    }

    [Fact]
    public void Another_robot_or_an_unknown_law_is_refused()
    {
        Assert.Contains("found a recording of ur5e with 6 joints, expected one of ar4-dc", Refusal(Origin with { Robot = "ur5e" }), StringComparison.Ordinal);
        Assert.Contains("found a recording of ar4-dc with 7 joints", Refusal(Origin with { Joints = 7 }), StringComparison.Ordinal);
        Assert.Contains("the controller 'magic', expected one of liquid, ", Refusal(Origin with { Controller = "magic" }), StringComparison.Ordinal);
    }

    private static string Refusal(RecordingOrigin origin) => Assert.Throws<RobotConfigurationException>(() => new RecordedController(origin, Robot)).Message;
}
