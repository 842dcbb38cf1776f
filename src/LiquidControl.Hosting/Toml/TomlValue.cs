namespace LiquidControl.Hosting.Toml;

/// <summary>A place in a file; line and column count from 1.</summary>
internal readonly record struct TomlPosition(int Line, int Column);

/// <summary>A value of a TOML file with the place it stands at.</summary>
internal abstract record TomlValue(TomlPosition At)
{
    /// <summary>The value as an error message shows it.</summary>
    public abstract string Shown { get; }
}

internal sealed record TomlNumber(TomlPosition At, double Value, bool IsInteger, string Text) : TomlValue(At)
{
    public override string Shown => Text;
}

internal sealed record TomlText(TomlPosition At, string Value) : TomlValue(At)
{
    private const int LongestShown = 60;

    public override string Shown => Quote(Value);

    /// <summary>A text in quotes, shortened, with its control characters made harmless to a terminal.</summary>
    public static string Quote(string text)
    {
        var shortened = text.Length <= LongestShown ? text : text[..LongestShown] + "…";
        return '"' + string.Concat(shortened.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString())) + '"';
    }
}

internal sealed record TomlFlag(TomlPosition At, bool Value) : TomlValue(At)
{
    public override string Shown => Value ? "true" : "false";
}

internal sealed record TomlDate(TomlPosition At) : TomlValue(At)
{
    public override string Shown => "a date";
}

internal sealed record TomlArray(TomlPosition At, List<TomlValue> Items) : TomlValue(At)
{
    public override string Shown => Items.Count == 1 ? "an array of 1 item" : $"an array of {Items.Count} items";
}

/// <summary>A table: its keys in the order of the file, each with the place of the key itself.</summary>
internal sealed record TomlTable(TomlPosition At) : TomlValue(At)
{
    private readonly List<TomlEntry> _entries = [];
    private readonly Dictionary<string, TomlEntry> _byKey = new(StringComparer.Ordinal);

    public IReadOnlyList<TomlEntry> Entries => _entries;

    public override string Shown => "a table";

    public TomlEntry? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>Adds a key; of one that stands twice, which the parser has refused before, the first stays.</summary>
    public void Add(TomlEntry entry)
    {
        _entries.Add(entry);
        _byKey.TryAdd(entry.Key, entry);
    }
}

internal sealed record TomlEntry(string Key, TomlPosition KeyAt, TomlValue Value);
