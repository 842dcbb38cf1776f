using LiquidControl.Control;
using LiquidControl.Hosting;
using Xunit;

namespace LiquidControl.Rig.Tests;

/// <summary>A scenario read whole, and every way of getting one wrong told at its line.</summary>
public sealed class ScenarioFileTests : IDisposable
{
    private const string Whole = """
        name = "all of it"

        [given]
        robot = "ar4-dc"
        controller = "ct-eso"
        plant = "drops"
        payload_kg = 0.3
        at = "ready"
        seed = 7
        duration_s = 3
        protection = "encoder-age"

        [[when]]
        at_s = 0.2
        move = "place"
        then = { within_ms = 2500, reached = true, tolerance_mrad = 3, at_rest = true }

        [[when]]
        at_s = 0.7
        fault = "encoder-jump"
        joint = 2
        mrad = -40
        then = { within_ms = 26, state = "Stopped", cause = "EncoderImplausible", bridges_off = true }

        [[when]]
        in_state = "Stopped"
        after_s = 0.4
        do = "clear"

        [then]
        state = "Active"
        velocity_margin_percent = 30
        position_margin_deg = 5
        no_fault = true
        """;

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"liquidcontrol-{Guid.NewGuid():N}.toml");

    [Fact]
    public void Every_key_has_its_meaning()
    {
        RigScenario scenario = Read(Whole);
        Assert.Equal(("all of it", ControllerKind.CtEso, 7ul, 3.0), (scenario.Name, scenario.Controller, scenario.Seed, scenario.Duration));
        Assert.Equal(("drops", 0.3, 0.3), (scenario.Plant.Name, scenario.Plant.PayloadMin, scenario.Plant.PayloadMax));
        Assert.Equal(scenario.Robot.Arm.Poses["ready"], scenario.Start);
        Assert.Equal("encoder-age", scenario.Protection?.Name);

        RigEvent move = scenario.Events[0], jump = scenario.Events[1], clear = scenario.Events[2];
        Assert.Equal(scenario.Robot.Arm.Poses["place"], Assert.IsType<MoveAction>(move.Action).Goal);
        Assert.Equal((2.5, 3e-3, true), (move.Expectation!.Within, move.Expectation.Tolerance, move.Expectation.AtRest));
        Assert.Equal(scenario.Robot.Arm.Poses["place"], move.Expectation.Reaches);
        var fault = Assert.IsType<FaultAction>(jump.Action);
        Assert.Equal(("encoder-jump", 1, -40.0), (fault.Fault.Name, fault.Joint, fault.Value));
        Assert.Equal((ControlState.Stopped, FaultCause.EncoderImplausible, true), (jump.Expectation!.State!.Value, jump.Expectation.Cause, jump.Expectation.BridgesOff));
        Assert.Equal((ControlState.Stopped, 0.4), (clear.InState!.Value, clear.At));
        Assert.IsType<ClearAction>(clear.Action);
        Assert.Equal((ControlState.Active, 0.3, true), (scenario.Outcome.Final!.Value, scenario.Outcome.VelocityMargin, scenario.Outcome.NoFault));
        Assert.Equal(5.0, double.RadiansToDegrees(scenario.Outcome.PositionMargin), 1e-12);
    }

    [Theory]
    [InlineData("fault = \"encoder-jump\"", "fault = \"encoder-jmup\"", 20, "Did you mean \"encoder-jump\"?")]
    [InlineData("joint = 2", "joint = 7", 21, "a whole number from 1 to 6")]
    [InlineData("joint = 2\n", "", 18, "found nothing, expected a whole number from 1 to 6")]
    [InlineData("mrad = -40", "deg = -40", 22, "an unknown key")]
    [InlineData("mrad = -40", "mrad = 1e9", 22, "a number from -3142 to 3142")]
    [InlineData("move = \"place\"", "move = \"plaice\"", 15, "Did you mean \"place\"?")]
    [InlineData("move = \"place\"", "move = \"place\"\ndo = \"clear\"", 13, "found several things that happen, expected one of move, fault and do")]
    [InlineData("do = \"clear\"", "", 25, "found nothing that happens, expected one of move, fault and do")]
    [InlineData("at_s = 0.7\n", "", 18, "Say when, or in which state: in_state.")]
    [InlineData("state = \"Active\"", "state = \"Activ\"", 31, "Did you mean \"Active\"?")]
    [InlineData("within_ms = 26, ", "", 23, "when[2].then.within_ms: found nothing")]
    [InlineData("duration_s = 3", "duration_s = 0", 10, "a number above 0 and at most 600")]
    [InlineData("robot = \"ar4-dc\"", "robot = 4", 4, "a robot's name")]
    [InlineData("at_s = 0.2", "at_s = 0.2\nat_s = 0.3", 15, "every key and table once")]
    [InlineData("[[when]]\nat_s = 0.2", "[when]\nat_s = 0.2", 18, "every key and table once")]
    [InlineData("at_s = 0.2", "at_s = 1e300", 14, "a number from 0 to 3")]
    [InlineData("at_s = 0.2", "at_s = -1", 14, "a number from 0 to 3")]
    [InlineData("after_s = 0.4", "after_s = inf", 27, "a number from 0 to 3")]
    [InlineData("duration_s = 3", "duration_s = 1e300", 10, "found 1e300, expected a number above 0 and at most 600")]
    [InlineData("duration_s = 3", "duration_s = nan", 10, "a number above 0 and at most 600")]
    [InlineData("seed = 7", "seed = -7", 9, "found -7, expected a whole number from 0")]
    [InlineData("seed = 7", "seed = 99999999999999999999", 9, "")]
    [InlineData("tolerance_mrad = 3", "tolerance_mrad = 1e300", 16, "a number above 0 and at most 1000")]
    [InlineData("name = \"all of it\"", "name = \"a\\u0000b\"", 1, "expected what the scenario shows, a line of at most 200 characters")]
    [InlineData("name = \"all of it\"", "name = \"a\\uFFFEb\"", 1, "expected what the scenario shows, a line of at most 200 characters")]
    [InlineData("bridges_off = true", "refused = \"a\\nb\"", 23, "expected a word of the refusal, a line of at most 200 characters")]
    [InlineData("robot = \"ar4-dc\"", "robot = \"pluto\"", 4, "There is no robot")]
    [InlineData("robot = \"ar4-dc\"", "robot = \"a\\u0000/b.toml\"", 4, "found \"a\\u0000/b.toml\", expected a robot's name")]
    [InlineData("fault = \"encoder-jump\"\njoint = 2\nmrad = -40", "fault = \"encoder-swapped\"\njoint = 2\nother_joint = 2.5", 22, "a whole number from 1 to 6")]
    [InlineData("fault = \"encoder-jump\"\njoint = 2\nmrad = -40", "fault = \"encoder-swapped\"\njoint = 2\nother_joint = 7", 22, "a whole number from 1 to 6")]
    [InlineData("fault = \"encoder-jump\"\njoint = 2\nmrad = -40", "fault = \"encoder-swapped\"\njoint = 2\nother_joint = 2", 22, "found joint 2 itself, expected another joint")]
    [InlineData("fault = \"encoder-jump\"\njoint = 2\nmrad = -40", "fault = \"pwm-nak-once\"\ntransfers = 1.5", 21, "a whole number from 1 to 100")]
    [InlineData("no_fault = true", "no_fault = true\n\"a\\", 35, "found something that is not TOML")]
    [InlineData("no_fault = true", "no_fault = \"\\u12", 34, "found something that is not TOML")]
    public void What_is_wrong_is_told_at_its_line(string from, string to, int line, string words)
    {
        string text = Whole.Replace("\r", "", StringComparison.Ordinal);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        var error = Assert.Throws<ScenarioFormatException>(() => Read(text[..at] + to + text[(at + from.Length)..]));
        Assert.Contains(error.Errors, found => found.Line == line && found.ToString().Contains(words, StringComparison.Ordinal));
        Assert.StartsWith(_file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_and_depth_without_end_are_told_at_their_line()
    {
        Assert.Equal((2, 10), Place([.. "name = \"a\"\nword = \"ü"u8, 0xFF]));
        Assert.Equal((2, 69), Place([.. "name = \"a\"\nx = "u8, .. Enumerable.Repeat((byte)'[', 5000)]));
        Assert.Equal((4, 5), Place([.. "# [[\nname = '[{' # [\nx = "u8, .. Enumerable.Repeat((byte)'[', 64), .. "\n    "u8, .. Enumerable.Repeat((byte)'[', 900)]));
        Assert.Equal(1, Place([.. "a"u8, .. Enumerable.Repeat(".a"u8.ToArray(), 20_000).SelectMany(part => part), .. "=1"u8]).Line);
    }

    /// <summary>A device has no length that could be looked at first.</summary>
    [Fact]
    public void A_robot_that_is_a_device_without_end_is_refused_and_takes_no_memory()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "found no /dev/zero, expected Linux.");
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<RobotConfigurationException>(() => Read(Whole.Replace("ar4-dc", "/dev/zero", StringComparison.Ordinal)));
        Assert.Contains("/dev/zero:1:1: file: found 65537 bytes", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void A_robot_without_chips_is_refused()
    {
        var error = Assert.Throws<ScenarioFormatException>(() => Read(Whole.Replace("ar4-dc", "ur5e", StringComparison.Ordinal)));
        Assert.Contains("which has no chips", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    private static (int Line, int Column) Place(byte[] file)
    {
        var error = Assert.Throws<ScenarioFormatException>(() => ScenarioFile.Parse(file, "input.toml")).Errors[0];
        Assert.StartsWith("input.toml:", error.ToString(), StringComparison.Ordinal);
        return (error.Line, error.Column);
    }

    private RigScenario Read(string text)
    {
        File.WriteAllText(_file, text);
        return ScenarioFile.Load(_file);
    }
}
