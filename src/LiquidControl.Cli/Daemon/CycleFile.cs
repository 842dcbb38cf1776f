using System.Globalization;
using System.Text;
using LiquidControl.Neural;
using nietras.SeparatedValues;

namespace LiquidControl.Cli.Daemon;

/// <summary>Cycles as CSV: a column a field of the ring, its unit behind its name, a row a record.</summary>
internal static class CycleFile
{
    /// <summary>The record's number in the ring; a gap is what was left out.</summary>
    private const string Number = "record";

    /// <summary>Writes it in one piece; numbers read back to the same bits, choices are words.</summary>
    public static void Write(string path, CycleTable table)
    {
        var fields = table.Description.Fields;
        string[] titles = [.. fields.Select(field => field.Unit.Length == 0 ? field.Title : $"{field.Title} ({field.Unit})")];
        using var writer = Sep.New(',').Writer(options => options with { CultureInfo = CultureInfo.InvariantCulture, Escape = true }).ToText();
        writer.Header.Add([Number, .. titles]);
        foreach (var cycle in table.Rows)
        {
            using var row = writer.NewRow();
            row[0].Format(cycle.Sequence);
            for (int i = 0; i < titles.Length; i++) row[i + 1].Set(fields[i].Text(cycle.Bytes));
        }

        AtomicFile.Write(path, Encoding.UTF8.GetBytes(writer.ToString()));
    }
}
