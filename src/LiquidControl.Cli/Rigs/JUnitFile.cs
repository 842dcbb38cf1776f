using System.Globalization;
using System.Text;
using System.Xml;
using LiquidControl.Neural;

namespace LiquidControl.Cli.Rigs;

/// <summary>Results as JUnit XML, which build servers read (schema: junit-10.xsd of the Jenkins xUnit plugin).</summary>
internal static class JUnitFile
{
    public static void Write(string path, IReadOnlyList<ScenarioRow> rows)
    {
        using MemoryStream text = new();
        using (var xml = XmlWriter.Create(text, new() { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", "liquidcontrol hil run");
            xml.WriteAttributeString("tests", Invariant(rows.Count));
            xml.WriteAttributeString("failures", Invariant(rows.Count(row => !row.IsPassed)));
            xml.WriteAttributeString("time", Invariant(rows.Sum(WallSeconds)));
            foreach (ScenarioRow row in rows)
                Write(xml, row);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        AtomicFile.Write(path, text.ToArray());
    }

    private static void Write(XmlWriter xml, ScenarioRow row)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", row.Name);
        xml.WriteAttributeString("classname", Path.ChangeExtension(row.File, null).Replace('/', '.'));
        xml.WriteAttributeString("time", Invariant(WallSeconds(row)));
        if (!row.IsPassed)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", row.Failures[0]);
            xml.WriteString(string.Join('\n', row.Account));
            xml.WriteEndElement();
        }

        string mark = row.StateHash is { } hash ? $"hash {hash}" : row.IsPassed ? string.Join('\n', row.Account) : $"{row.Attempts!.Count} attempts";
        xml.WriteElementString(
            "system-out", $"state {row.State}, faults {row.Faults}, seed {row.Seed.ToString(CultureInfo.InvariantCulture)}, {mark}");
        xml.WriteEndElement();
    }

    private static double WallSeconds(ScenarioRow row) => row.Seconds / row.RealTimeFactor;

    private static string Invariant(IFormattable value) => value.ToString(value is double ? "F3" : null, CultureInfo.InvariantCulture);
}
