using LiquidControl.Control;
using LiquidControl.Hosting;

namespace LiquidControl.Cli.Daemon;

/// <summary>A record of a ring and its number there, from 0; a gap is what was left out or lost.</summary>
internal readonly record struct CycleRow(long Sequence, byte[] Bytes);

/// <summary>Cycles out of a ring, a row each, oldest first, taken apart by the ring's own description.</summary>
internal sealed class CycleTable(RingDescription description)
{
    private const string Clock = "timestamp";

    private readonly Dictionary<(string, int?), RecordField> _fields = description.Fields.ToDictionary(field => (field.Name, field.Joint));
    private readonly List<CycleRow> _rows = [];

    public RingDescription Description => description;

    public IReadOnlyList<CycleRow> Rows => _rows;

    /// <summary>From the first cycle to the last on the cycle's clock, s; 0 for less than two.</summary>
    public double Seconds => _rows.Count < 2 ? 0.0 : 1e-9 * (Time(_rows[^1]) - Time(_rows[0]));

    public void Add(long sequence, ReadOnlySpan<byte> record) => _rows.Add(new(sequence, record.ToArray()));

    /// <summary>Lets go of all rows that are older than that before the last.</summary>
    public void KeepLast(double seconds)
    {
        if (_rows.Count == 0) return;
        long from = Time(_rows[^1]) - (long)(1e9 * seconds);
        int kept = _rows.FindIndex(row => Time(row) >= from);
        _rows.RemoveRange(0, kept);
    }

    /// <param name="name">Of the field.</param>
    /// <param name="joint">From 0 on; null for a field that no joint has.</param>
    /// <exception cref="BadInputException">The ring's records have none.</exception>
    public RecordField Field(string name, int? joint = null) => _fields.GetValueOrDefault((name, joint))
        ?? throw new BadInputException(
            $"ring of {description.Robot}: found no field {name}{(joint is { } i ? $" of joint {i + 1}" : "")}, expected one. "
            + "Use a program and a daemon of the same release; `liquidcontrol blackbox --csv` writes whatever fields there are.");

    /// <summary>A field of every row.</summary>
    public double[] Numbers(string name, int? joint = null)
    {
        var field = Field(name, joint);
        return [.. _rows.Select(row => field.Number(row.Bytes))];
    }

    /// <summary>A field of the last row, of which there must be one.</summary>
    public double LastNumber(string name, int? joint = null) => Field(name, joint).Number(_rows[^1].Bytes);

    /// <summary>The same as a word; words joined by |.</summary>
    public string LastWord(string name) => Field(name).Text(_rows[^1].Bytes);

    /// <summary>The joints' values of one row.</summary>
    public double[] Joints(CycleRow row, string name) => [.. Enumerable.Range(0, description.Joints).Select(joint => Field(name, joint).Number(row.Bytes))];

    /// <summary>When each row was, s; the last at 0, those before it negative.</summary>
    public double[] TimesBeforeLast() => [.. _rows.Select(row => 1e-9 * (Time(row) - Time(_rows[^1])))];

    /// <summary>Records missing between the first row and the last.</summary>
    public long Missing => _rows.Count == 0 ? 0 : _rows[^1].Sequence - _rows[0].Sequence + 1 - _rows.Count;

    /// <summary>ns.</summary>
    private long Time(CycleRow row) => Field(Clock).Whole(row.Bytes);
}
