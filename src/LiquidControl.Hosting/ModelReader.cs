using LiquidControl.Hosting.Toml;
using LiquidControl.Robotics;

namespace LiquidControl.Hosting;

/// <summary>Reads the URDF a robot.toml names, and holds the joints of the two against each other.</summary>
internal static class ModelReader
{
    /// <summary>Degrees written in one file and radians in the other agree to this, rad.</summary>
    private const double Rounding = 1e-6;

    /// <summary>Null when it cannot be read; the error is recorded at the key that names it.</summary>
    public static RigidBodyModel? Read(TomlSection root, string key, string path)
    {
        if (!root.IsSound(key)) return null;
        try
        {
            return Urdf.Read(path);
        }
        catch (UrdfException e)
        {
            root.Report(key, $"a URDF that cannot be used ({e.Message})", "a serial chain of links and joints", "Correct the URDF at the line it names.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            root.Report(key, e is FileNotFoundException or DirectoryNotFoundException ? $"no file at {path}" : e.Message, "a URDF", "The path is relative to the robot.toml.");
        }

        return null;
    }

    /// <summary>Whether the file's joints are the URDF's: the same names in the same order, within its position limits.</summary>
    public static bool Agrees(RigidBodyModel model, IReadOnlyList<JointConfiguration> joints, TomlSection root)
    {
        string[] names = [.. model.Joints.Select(joint => joint.Name)];
        bool agrees = joints.Count == names.Length;
        for (int i = 0; i < joints.Count; i++)
        {
            var section = joints[i].Section;
            if (!section.IsSound("name")) return false;
            int index = Array.IndexOf(names, joints[i].Name);
            if (index < 0)
            {
                string remedy = Spelling.Nearest(joints[i].Name, names) is { } meant ? $"Did you mean \"{meant}\"?" : "Use the URDF's name.";
                section.Report("name", TomlText.Quote(joints[i].Name), "a joint of the URDF: " + string.Join(", ", names), remedy);
                agrees = false;
            }
            else if (index != i)
            {
                string place = i < names.Length ? $"\"{names[i]}\", joint {i + 1} of the URDF" : $"{names.Length} joints";
                section.Report("name", TomlText.Quote(joints[i].Name), place, "List each joint once, in the URDF's order from base to tool.");
                agrees = false;
            }
            else
            {
                CheckLimits(section, joints[i].Limits, model.Joints[i]);
            }
        }

        if (joints.Count < names.Length && joints.Count > 0)
        {
            string missing = string.Join(", ", names.Except(joints.Select(joint => joint.Name)));
            root.Report("joint", $"{joints.Count} joints", $"{names.Length}, as in the URDF", $"Add [[joint]] for {missing}.");
        }

        return agrees;
    }

    private static void CheckLimits(TomlSection section, JointLimits limits, Joint joint)
    {
        if (limits.Lower < joint.LowerLimit - Rounding) Beyond("lower_deg", limits.Lower, "at least", joint.LowerLimit);
        if (limits.Upper > joint.UpperLimit + Rounding) Beyond("upper_deg", limits.Upper, "at most", joint.UpperLimit);

        void Beyond(string key, double found, string word, double limit)
        {
            if (!section.IsSound(key)) return;
            section.Report(
                key, $"{double.RadiansToDegrees(found):G6}", $"{word} {double.RadiansToDegrees(limit):G6}, the URDF's limit",
                "A robot.toml may narrow the URDF's range, not widen it.");
        }
    }
}
