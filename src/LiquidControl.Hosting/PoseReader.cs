using LiquidControl.Hosting.Toml;

namespace LiquidControl.Hosting;

/// <summary>[poses_deg]: named joint angles, each within its joint's limits. A robot needs at least home.</summary>
internal static class PoseReader
{
    public static IReadOnlyDictionary<string, double[]> Read(TomlSection section, IReadOnlyList<JointConfiguration> joints)
    {
        var poses = new Dictionary<string, double[]>(StringComparer.Ordinal);
        if (!section.Exists || joints.Count == 0) return poses;
        foreach (string name in section.Keys.Prepend("home").Distinct().ToArray())
        {
            double[] degrees = section.Vector(name, joints.Count, NumberRange.Any);
            if (!section.IsSound(name)) continue;
            for (int i = 0; i < joints.Count; i++) CheckLimit(section, name, i, degrees[i], joints[i]);
            poses[name] = [.. degrees.Select(double.DegreesToRadians)];
        }

        return poses;
    }

    private static void CheckLimit(TomlSection section, string name, int index, double degrees, JointConfiguration joint)
    {
        double lower = double.RadiansToDegrees(joint.Limits.Lower);
        double upper = double.RadiansToDegrees(joint.Limits.Upper);
        double angle = double.DegreesToRadians(degrees);
        bool limitsAreSound = joint.Section.IsSound("lower_deg") && joint.Section.IsSound("upper_deg");
        if (!limitsAreSound || (angle >= joint.Limits.Lower && angle <= joint.Limits.Upper)) return;
        section.ReportAt(
            section.ItemPosition(name, index), $"{section.PathOf(name)}[{index}]", $"{degrees:G6} for {joint.Name}",
            $"an angle from {lower:G6} to {upper:G6}", "Change the pose or the joint's limits.");
    }
}
