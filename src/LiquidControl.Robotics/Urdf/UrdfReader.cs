using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace LiquidControl.Robotics;

/// <summary>Numbers, vectors and poses from a description's attributes, with the place in every complaint.</summary>
internal sealed class UrdfReader(string file)
{
    public UrdfException Error(int line, string element, string found, string expected, string remedy) =>
        new(file, line, element, found, expected, remedy);

    public UrdfException Error(XElement at, string found, string expected, string remedy) =>
        Error(Line(at), Describe(at), found, expected, remedy);

    public XElement Child(XElement parent, string name) => parent.Element(name)
        ?? throw Error(parent, $"no <{name}>", $"one <{name}>", $"Add a <{name}> element.");

    public string Text(XElement at, string attribute)
    {
        string? value = at.Attribute(attribute)?.Value;
        return string.IsNullOrWhiteSpace(value)
            ? throw Error(at, $"no attribute '{attribute}'", $"{attribute}=\"…\"", $"Add the attribute '{attribute}'.")
            : value;
    }

    public double Number(XElement at, string attribute) => Finite(at, attribute, Text(at, attribute));

    public Vector3 Vector(XElement at, string attribute, Vector3 absent)
    {
        if (at.Attribute(attribute) is null)
        {
            return absent;
        }

        string[] parts = Text(at, attribute).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 3
            ? new(Finite(at, attribute, parts[0]), Finite(at, attribute, parts[1]), Finite(at, attribute, parts[2]))
            : throw Error(at, $"{parts.Length} numbers in '{attribute}'", "three", "Write x, y and z separated by spaces.");
    }

    /// <summary>The pose of an optional &lt;origin&gt;; identity without one.</summary>
    public Pose Origin(XElement parent)
    {
        if (parent.Element("origin") is not { } origin)
        {
            return Pose.Identity;
        }

        Vector3 angles = Vector(origin, "rpy", Vector3.Zero);
        return new(Matrix3.FromRollPitchYaw(angles.X, angles.Y, angles.Z), Vector(origin, "xyz", Vector3.Zero));
    }

    private static int Line(XElement at) => ((IXmlLineInfo)at).LineNumber;

    private static string Describe(XElement at)
    {
        string own = at.Attribute("name") is { } name ? $"<{at.Name.LocalName} name=\"{name.Value}\">" : $"<{at.Name.LocalName}>";
        return at.Parent is null || at.Attribute("name") is not null ? own : $"{Describe(at.Parent)} {own}";
    }

    private double Finite(XElement at, string attribute, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Error(at, $"'{text}' in '{attribute}'", "a finite number", "Write a decimal number with a point, such as 0.25.");
}
