using LiquidControl.Hosting.Toml;
using LiquidControl.Simulation;

namespace LiquidControl.Hosting;

/// <summary>[simulation.unmodelled]: what the simulated joints do that no controller is told. Arrays have one number a joint.</summary>
internal static class EffectsReader
{
    public const string Section = "simulation.unmodelled";

    /// <summary>Null when the robot has no such section; the scenario of this name is then refused.</summary>
    public static JointEffects[]? Read(TomlSection? section, JointConfiguration[] joints)
    {
        if (section is null) return null;
        int n = joints.Length;
        double[] stiffness = section.Vector("stiffness_nm_rad", n, NumberRange.PositiveUpTo(1e9));
        double damping = section.Number("damping_ratio", new NumberRange(0.0, 10.0), "Of the rotor on the joint's spring, the link held.");
        double[] backlash = section.Vector("backlash_mrad", n, new NumberRange(0.0, 100.0));
        double ripple = section.Number("ripple_part", new NumberRange(0.0, 0.5), "Amplitude as a part of the joint's torque_nm.");
        double periods = section.Number("ripple_per_motor_turn", new NumberRange(0.0, 1000.0), "Periods in a turn of the motor.");
        double[] cable = section.Vector("cable_nm", n, NumberRange.NotNegative);
        double[] hysteresis = section.Vector("cable_hysteresis_nm", n, NumberRange.NotNegative);
        section.RejectUnknownKeys();
        for (int i = 0; i < n; i++)
        {
            // A gear that is wrong has been reported where it stands.
            if (joints[i].Armature > 0.0 || joints[i].Drive?.Motor.GearRatio <= 0.0 || !section.IsSound("stiffness_nm_rad")) continue;
            section.ReportAt(
                section.ItemPosition("stiffness_nm_rad", i), $"{section.PathOf("stiffness_nm_rad")}[{i}]", $"a spring on {joints[i].Name}, whose drive has no inertia",
                "a drive with inertia behind every spring", "Give the joint's drive its inertia (rotor_inertia_kgm2 or armature_kgm2).");
        }

        return [.. joints.Select((joint, i) => new JointEffects
        {
            Compliance = stiffness[i] > 0.0 ? 1.0 / stiffness[i] : 0.0,
            DampingRatio = damping,
            Backlash = backlash[i] * 1e-3,
            Ripple = ripple * joint.Limits.Torque,
            RipplePerTurn = periods * (joint.Drive?.Motor.GearRatio ?? 1.0),
            Cable = cable[i],
            CableHysteresis = hysteresis[i],
        })];
    }
}
