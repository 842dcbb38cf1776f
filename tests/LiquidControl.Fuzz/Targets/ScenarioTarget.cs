using LiquidControl.Hosting;
using LiquidControl.Rig;

namespace LiquidControl.Fuzz.Targets;

/// <summary>A scenario of the rig, with the robot it names.</summary>
internal sealed class ScenarioTarget : FuzzTarget
{
    public override string Name => "scenario";

    public override string Description => "a scenario of the rig, with the robot it names";

    public override IReadOnlyList<string> Assemblies => ["LiquidControl.Rig", "Tomlyn"];

    public override IReadOnlyList<string> Words =>
    [
        "name = \"a\"\n", "[given]\n", "robot = \"ur5e\"", "controller = \"ct-eso\"", "plant = \"unmodelled\"", "payload_kg = 5", "at = \"home\"",
        "seed = 2147483647", "activated = false", "duration_s = 1", "duration_s = 600", "protection = \"encoder-age\"", "[[when]]\n", "at_s = 0",
        "in_state = \"Stopped\"", "after_s = 0", "move = \"home\"", "do = \"clear\"", "do = \"deactivate\"", "fault = \"encoder-swapped\"",
        "fault = \"pwm-nak-once\"", "fault = \"encoder-jump\"", "fault = \"supply\"", "fault = \"loop-late\"", "joint = 1", "other_joint = 2",
        "transfers = 1", "mrad = 1", "mrad_s = 1", "part = 1", "percent = 1", "ms = 1", "v = 1", "deg = 1", "nm = 1", "kg = 1", "then = {",
        "within_ms = 1", "state = \"Active\"", "cause = \"LoopLate\"", "bridges_off = true", "reached = true", "tolerance_mrad = 1", "at_rest = true",
        "refused = \"a\"", "[then]\n", "position_margin_deg = 1", "velocity_margin_percent = 1", "no_fault = true", "1e300", "-1", "nan", "inf",
        "\\u0000", "\\U0010FFFF", "\"\"\"", "1979-05-27T07:32:00Z", "when = [{", "given.robot = ", "[[[[", "{a={a={a=",
    ];

    public override string FileName => "input.toml";

    public override void Read(byte[] input) => ScenarioFile.Parse(input, FileName);

    /// <summary>As a robot.toml does, and as one is read with each scenario.</summary>
    public override long MostAllocated(int length) => base.MostAllocated(length) + 704L * length;

    public override bool Declares(Exception thrown) => thrown is ScenarioFormatException or RobotConfigurationException;
}
