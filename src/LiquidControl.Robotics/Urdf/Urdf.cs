using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace LiquidControl.Robotics;

/// <summary>
/// Reads a robot description in URDF (wiki.ros.org/urdf/XML) into a serial chain. Links on fixed joints become part of the body that
/// carries them; what hangs on the base does not move and is left out. Descriptions come from outside, so size and depth are bounded and
/// document type definitions, and with them external entities, refused.
/// </summary>
public static class Urdf
{
    /// <summary>Largest description read, bytes or characters.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>Deepest nesting of elements read; URDF itself needs five.</summary>
    public const int MaxDepth = 32;

    /// <summary>Most attributes of an element read; URDF itself needs six.</summary>
    public const int MaxAttributes = 64;

    /// <param name="path">The file.</param>
    /// <param name="toolLink">The link whose frame is the tool centre point; by default a link named tool0, tcp or tool on the last body,
    /// else that body's own frame.</param>
    /// <exception cref="UrdfException">The description is not a serial chain with physical inertias.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RigidBodyModel Read(string path, string? toolLink = null)
    {
        long length = new FileInfo(path).Length;
        if (length > MaxLength)
        {
            throw TooLong(path, length, "bytes");
        }

        // A device such as /dev/zero says that it has no length, and never ends.
        using FileStream file = File.OpenRead(path);
        byte[] bytes = new byte[length > 0 ? length : MaxLength + 1];
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        using StreamReader text = new(new MemoryStream(bytes, 0, read), Encoding.UTF8);
        return read <= MaxLength ? Parse(text.ReadToEnd(), path, toolLink) : throw TooLong(path, read, "bytes");
    }

    /// <param name="text">The description.</param>
    /// <param name="pathForMessages">What error messages call it.</param>
    /// <param name="toolLink">As for <see cref="Read"/>.</param>
    /// <exception cref="UrdfException">The description is not a serial chain with physical inertias.</exception>
    public static RigidBodyModel Parse(string text, string pathForMessages, string? toolLink = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            throw TooLong(pathForMessages, text.Length, "characters");
        }

        UrdfReader reader = new(pathForMessages);
        return new UrdfChain(reader, Load(text, reader)).Build(toolLink);
    }

    private static XElement Load(string text, UrdfReader reader)
    {
        try
        {
            // Depth first: the tree below is built only from a document known to be shallow, whose elements are small.
            using (XmlReader scan = Open(text))
            {
                while (scan.Read())
                {
                    if (scan.Depth > MaxDepth)
                    {
                        throw reader.Error(
                            ((IXmlLineInfo)scan).LineNumber, $"<{scan.Name}>", $"elements nested {scan.Depth} deep", $"at most {MaxDepth}",
                            "Flatten the description; URDF needs five levels.");
                    }

                    if (scan.AttributeCount > MaxAttributes)
                    {
                        throw reader.Error(
                            ((IXmlLineInfo)scan).LineNumber, $"<{scan.Name}>", $"{scan.AttributeCount} attributes", $"at most {MaxAttributes}",
                            "Remove those that URDF does not know; it needs six.");
                    }
                }
            }

            using XmlReader document = Open(text);
            return XDocument.Load(document, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException e)
        {
            // The runtime's refusal of a definition does not say where it stands.
            int definition = text.IndexOf("<!DOCTYPE", StringComparison.Ordinal);
            throw definition >= 0
                ? reader.Error(
                    1 + text.AsSpan(0, definition).Count('\n'), "<!DOCTYPE>", "a document type definition",
                    "none: definitions and external entities are refused", "Remove it and write its entities out.")
                : reader.Error(e.LineNumber, "document", e.Message.TrimEnd('.'), "well-formed XML", "Repair the markup at this line.");
        }
    }

    private static XmlReader Open(string text) => XmlReader.Create(new StringReader(text), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxLength,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    });

    private static UrdfException TooLong(string path, long length, string unit) => new(
        path, 0, "document", $"{length} {unit}", $"at most {MaxLength}",
        "Keep meshes in files of their own; a description of an arm takes a few kB.");
}
