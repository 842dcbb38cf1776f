using System.Globalization;
using System.Xml.Linq;

namespace LiquidControl.Robotics;

/// <summary>Reads one moving joint of a description.</summary>
internal static class UrdfJoint
{
    /// <param name="reader">Where complaints are made.</param>
    /// <param name="joint">A joint whose type is not fixed.</param>
    /// <param name="carrier">The parent link's frame in the body that carries it.</param>
    public static Joint Read(UrdfReader reader, XElement joint, in Pose carrier)
    {
        if (joint.Element("mimic") is { } mimic)
        {
            throw reader.Error(mimic, "a joint that mimics another", "independent joints", "Fix the joint or drive it on its own.");
        }

        string kind = reader.Text(joint, "type");
        JointType type = kind == "prismatic" ? JointType.Prismatic : JointType.Revolute;
        XElement? limit = joint.Element("limit");
        double lower = double.NegativeInfinity, upper = double.PositiveInfinity;
        double velocity = double.PositiveInfinity, effort = double.PositiveInfinity;
        if (limit is not null || kind != "continuous")
        {
            limit ??= reader.Child(joint, "limit");
            velocity = Positive(reader, limit, "velocity");
            effort = Positive(reader, limit, "effort");
            if (kind != "continuous")
            {
                (lower, upper) = Range(reader, limit);
            }
        }

        return new(reader.Text(joint, "name"), type, carrier * reader.Origin(joint), Axis(reader, joint), lower, upper, velocity, effort);
    }

    private static Vector3 Axis(UrdfReader reader, XElement joint)
    {
        if (joint.Element("axis") is not { } element)
        {
            return Vector3.UnitX;
        }

        Vector3 axis = reader.Vector(element, "xyz", Vector3.UnitX);
        double norm = axis.Norm;
        return norm > 1e-6 && norm < 1e6
            ? axis * (1 / norm)
            : throw reader.Error(
                element, $"an axis of length {Text(norm)}", "a direction", "Write the joint's axis as a unit vector, such as xyz=\"0 0 1\".");
    }

    private static (double Lower, double Upper) Range(UrdfReader reader, XElement limit)
    {
        double lower = reader.Number(limit, "lower"), upper = reader.Number(limit, "upper");
        return lower < upper
            ? (lower, upper)
            : throw reader.Error(
                limit, $"lower {Text(lower)} and upper {Text(upper)}", "lower below upper",
                "Swap them, or make the joint fixed if it does not move.");
    }

    private static double Positive(UrdfReader reader, XElement limit, string attribute)
    {
        double value = reader.Number(limit, attribute);
        return value > 0
            ? value
            : throw reader.Error(
                limit, $"{attribute} {Text(value)}", $"a positive {attribute}",
                "Write the drive's limit, or make the joint fixed if it does not move.");
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
