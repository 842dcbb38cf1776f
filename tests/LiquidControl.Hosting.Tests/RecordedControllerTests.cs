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
        Assert.Empty(Controller(Origin).Changes);
        var changes = Controller(Origin with { RobotHash = "0", PolicyHash = "1" }).Changes;
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

    [Theory]
    [InlineData("pluto")]
    [InlineData("../robots/ar4-dc")]
    [InlineData("/dev/zero")]
    public void A_robot_is_found_by_its_name_alone(string name)
    {
        using var recording = Recording(Origin with { Robot = name });
        var error = Assert.Throws<RecordingFormatException>(() => RecordedController.FindRobot(recording));
        Assert.Contains($"found a recording of the robot '{name}', expected one of ar4-dc, ", error.Message, StringComparison.Ordinal);
        using var sound = Recording(Origin);
        Assert.Equal(RobotCatalog.Find("ar4-dc"), RecordedController.FindRobot(sound));
    }

    private static string Refusal(RecordingOrigin origin)
    {
        var error = Assert.Throws<RecordingFormatException>(() => Controller(origin));
        Assert.StartsWith($"test.mcap: byte {error.Offset}: found ", error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    private static RecordedController Controller(RecordingOrigin origin)
    {
        using var recording = Recording(origin);
        return new(recording, Robot);
    }

    private static RecordingReader Recording(RecordingOrigin origin)
    {
        MemoryStream stream = new();
        new RecordingWriter(stream, origin, new CycleLayout(origin.Joints).Fields).Dispose();
        return RecordingReader.Open("test.mcap", new MemoryStream(stream.ToArray()));
    }
}
