using LiquidControl.Control;
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
    public void A_robot_without_chips_is_refused()
    {
        var error = Assert.Throws<ScenarioFormatException>(() => Read(Whole.Replace("ar4-dc", "ur5e", StringComparison.Ordinal)));
        Assert.Contains("which has no chips", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    private RigScenario Read(string text)
    {
        File.WriteAllText(_file, text);
        return ScenarioFile.Load(_file);
    }
}
