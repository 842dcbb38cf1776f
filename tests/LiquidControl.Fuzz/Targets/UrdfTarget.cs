using System.Text;
using LiquidControl.Robotics;

namespace LiquidControl.Fuzz.Targets;

/// <summary>A robot description in URDF.</summary>
internal sealed class UrdfTarget : FuzzTarget
{
    public override string Name => "urdf";

    public override string Description => "a robot description in URDF";

    public override IReadOnlyList<string> Assemblies => ["LiquidControl.Robotics"];

    public override IReadOnlyList<string> Words =>
    [
        "<robot name=\"r\">", "</robot>", "<link name=\"a\"/>", "<link name=\"b\">", "</link>", "<joint name=\"j\" type=\"revolute\">",
        "</joint>", "type=\"fixed\"", "type=\"continuous\"", "type=\"prismatic\"", "<parent link=\"a\"/>", "<child link=\"b\"/>",
        "<origin xyz=\"0 0 1\" rpy=\"0 0 0\"/>", "<axis xyz=\"0 0 1\"/>", "<limit lower=\"-1\" upper=\"1\" effort=\"1\" velocity=\"1\"/>",
        "<mimic joint=\"j\"/>", "<inertial>", "</inertial>", "<mass value=\"1\"/>",
        "<inertia ixx=\"1\" ixy=\"0\" ixz=\"0\" iyy=\"1\" iyz=\"0\" izz=\"1\"/>", "<!DOCTYPE", "<!ENTITY", "<![CDATA[", "]]>", "<?xml",
        "&#x0;", "&amp;", "xmlns=\"", "1e308", "1e-320", "NaN", "tool0",
    ];

    public override string FileName => "input.urdf";

    public override void Read(byte[] input)
    {
        // The text of a file as the reader gets it, byte order marks included.
        using StreamReader text = new(new MemoryStream(input), Encoding.UTF8);
        Urdf.Parse(text.ReadToEnd(), FileName);
    }

    public override bool Declares(Exception thrown) => thrown is UrdfException;
}
