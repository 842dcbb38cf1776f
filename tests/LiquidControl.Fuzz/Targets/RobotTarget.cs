using LiquidControl.Hosting;

namespace LiquidControl.Fuzz.Targets;

/// <summary>A robot.toml, as if it stood where that of ur5e stands.</summary>
internal sealed class RobotTarget : FuzzTarget
{
    public override string Name => "robot";

    public override string Description => "a robot.toml, with the URDF it names";

    public override IReadOnlyList<string> Assemblies => ["LiquidControl.Hosting", "LiquidControl.Robotics", "Tomlyn"];

    public override IReadOnlyList<string> Words =>
    [
        "name = \"", "rate_hz = 500", "urdf = \"../../../hardware/arms/ur5e/ur5e.urdf\"", "policy = \"policy.safetensors\"",
        "precision = \"int16\"", "[tool]\n", "xyz_m = [0, 0, 0]", "rpy_deg = [0, 0, 0]", "[workspace]\n", "min_m = [", "max_m = [",
        "[drives]\n", "kind = \"dc-motors\"", "kind = \"ideal-torque\"", "torque_lag_ms = 1", "supply_v = 24", "[[joint]]\n",
        "lower_deg = -90", "upper_deg = 90", "velocity_deg_s = 1", "torque_nm = 1", "residual_bound_nm = 0", "[joint.motor]\n",
        "gear_ratio = 1e200", "rotor_inertia_kgm2 = 1", "[joint.encoder]\n", "[joint.bridge]\n", "[joint.current]\n", "[joint.friction]\n",
        "armature_kgm2 = 0", "[wiring]\n", "[poses_deg]\n", "home = [", "[controller]\n", "[simulation]\n", "[simulation.unmodelled]\n",
        "stiffness_nm_rad = [", "\"\"\"", "'''", "\\u0000", "\\U0010FFFF", "inf", "nan", "0x", "1979-05-27T07:32:00Z", "{ a = 1 }", "a.b.c",
        "[[", "]]", "true",
    ];

    public override string FileName { get; } = Path.Combine(AppContext.BaseDirectory, "firmware-config", "robots", "ur5e", "robot.toml");

    public override void Read(byte[] input) => RobotConfiguration.Parse(input, FileName);

    /// <summary>
    /// Tomlyn's tree of a dotted key takes some 300 bytes a byte and is made twice, ours takes 100; the file may have no more than 64 KiB.
    /// </summary>
    public override long MostAllocated(int length) => base.MostAllocated(length) + 704L * length;

    public override bool Declares(Exception thrown) => thrown is RobotConfigurationException;
}
