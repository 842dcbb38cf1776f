using System.Text;

namespace LiquidControl.Hosting.Toml;

/// <summary>
/// Typed access to one table. A read that fails records an error at its line and column and returns a harmless value, so that one pass finds
/// every error; <see cref="RejectUnknownKeys"/> at the end reports the keys nobody asked for.
/// </summary>
internal sealed class TomlSection(string file, string path, TomlTable? table, TomlPosition at, List<ConfigurationError> errors)
{
    /// <summary>Nobody reads more of them, and a file of nothing else must not fill the memory.</summary>
    public const int MostErrors = 200;

    private const int LongestLine = 200;

    private readonly List<string> _known = [];

    public TomlPosition At => at;

    /// <summary>False for a section the file lacks: already reported, its keys are not reported again.</summary>
    public bool Exists => table is not null;

    public IEnumerable<string> Keys => table?.Entries.Select(entry => entry.Key) ?? [];

    public bool Has(string key)
    {
        _known.Add(key);
        return table?.Find(key) is not null;
    }

    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>True when the key is there and no error was recorded at its value.</summary>
    public bool IsSound(string key) =>
        table?.Find(key)?.Value.At is { } place && !errors.Exists(error => error.Line == place.Line && error.Column == place.Column);

    /// <summary>Records an error at a key of this section, or at the section itself when the key is absent.</summary>
    public void Report(string key, string found, string expected, string remedy)
    {
        var entry = table?.Find(key);
        ReportAt(entry?.Value.At ?? at, PathOf(key), found, expected, remedy);
    }

    public double Number(string key, NumberRange range, string remedy = "")
    {
        if (Required(key, range.Describe("number"), remedy) is not { } value) return 0.0;
        return Number(value, PathOf(key), range, remedy);
    }

    public double Number(string key, NumberRange range, double absent, string remedy = "") => Has(key) ? Number(key, range, remedy) : absent;

    public int Integer(string key, int min, int max, string remedy = "")
    {
        var expected = new NumberRange(min, max).Describe("whole number");
        if (Required(key, expected, remedy) is not { } value) return min;
        if (value is TomlNumber { IsInteger: true } number && number.Value >= min && number.Value <= max) return (int)number.Value;
        ReportAt(value.At, PathOf(key), value.Shown, expected, Or(remedy, "Write it without quotes or a decimal point, inside the range."));
        return min;
    }

    public int Integer(string key, int min, int max, int absent) => Has(key) ? Integer(key, min, max) : absent;

    public string Text(string key, string expected)
    {
        if (Required(key, expected, "") is not { } value) return "";
        if (value is TomlText text && text.Value.Trim().Length > 0) return text.Value;
        ReportAt(value.At, PathOf(key), value.Shown, expected, "Write it in quotes.");
        return "";
    }

    /// <summary>A text that a line of a report or an XML file can hold.</summary>
    public string Line(string key, string expected)
    {
        string text = Text(key, expected);
        if (text.Length <= LongestLine && text.EnumerateRunes().All(IsPrintable)) return text;
        Report(key, TomlText.Quote(text), $"{expected}, a line of at most {LongestLine} characters", "Leave out line breaks and control characters.");
        return "";
    }

    public string? OptionalText(string key, string expected) => Has(key) ? Text(key, expected) : null;

    public bool Flag(string key, bool absent)
    {
        if (!Has(key)) return absent;
        var value = table!.Find(key)!.Value;
        if (value is TomlFlag flag) return flag.Value;
        ReportAt(value.At, PathOf(key), value.Shown, "true or false", "Write it without quotes.");
        return absent;
    }

    public string Choice(string key, params string[] choices)
    {
        var expected = "one of " + string.Join(", ", choices);
        if (Required(key, expected, "") is not { } value) return choices[0];
        if (value is TomlText text && choices.Contains(text.Value)) return text.Value;
        var meant = value is TomlText written ? Spelling.Nearest(written.Value, choices) : null;
        ReportAt(value.At, PathOf(key), value.Shown, expected, meant is null ? "Write one of them in quotes." : $"Did you mean \"{meant}\"?");
        return choices[0];
    }

    /// <summary>An array of exactly <paramref name="length"/> numbers.</summary>
    public double[] Vector(string key, int length, NumberRange range)
    {
        var expected = $"an array of {length} numbers";
        var result = new double[length];
        if (Required(key, expected, "") is not { } value) return result;
        if (value is not TomlArray array || array.Items.Count != length)
        {
            ReportAt(value.At, PathOf(key), value.Shown, expected, $"Write {length} numbers in square brackets, separated by commas.");
            return result;
        }

        for (var i = 0; i < length; i++) result[i] = Number(array.Items[i], $"{PathOf(key)}[{i}]", range, "");
        return result;
    }

    /// <summary>Where an item of an array stands; the array itself where it is shorter.</summary>
    public TomlPosition ItemPosition(string key, int index) =>
        table?.Find(key)?.Value switch
        {
            TomlArray array when index < array.Items.Count => array.Items[index].At,
            { } value => value.At,
            null => at,
        };

    public TomlSection Section(string key, string purpose)
    {
        var inner = PathOf(key);
        if (Required(key, $"a table [{inner}] with {purpose}", "") is not { } value) return new(file, inner, null, at, errors);
        return Section(key, value);
    }

    public TomlSection? OptionalSection(string key) => Has(key) ? Section(key, table!.Find(key)!.Value) : null;

    /// <summary>An array of at most <paramref name="most"/> tables, [[key]]; what is beyond is not read.</summary>
    public IReadOnlyList<TomlSection> Sections(string key, string purpose, int most)
    {
        var inner = PathOf(key);
        if (Required(key, $"tables [[{inner}]], {purpose}", "") is not { } value) return [];
        if (value is not TomlArray array || array.Items.Exists(item => item is not TomlTable))
        {
            ReportAt(value.At, inner, value.Shown, $"tables [[{inner}]], {purpose}", "Write double square brackets around the name.");
            return [];
        }

        if (array.Items.Count > most) ReportAt(value.At, inner, value.Shown, $"at most {most} tables [[{inner}]]", "Remove those that are too many.");
        return [.. array.Items.Take(most).Select((item, i) => new TomlSection(file, $"{inner}[{i + 1}]", (TomlTable)item, item.At, errors))];
    }

    public void RejectUnknownKeys()
    {
        if (table is null) return;
        HashSet<string> known = [.. _known];
        string[] absent = [.. _known.Distinct().Where(key => table.Find(key) is null)];
        var expected = "one of " + string.Join(", ", _known.Distinct());
        foreach (var entry in table.Entries.Where(entry => !known.Contains(entry.Key)))
        {
            if (errors.Count >= MostErrors) return;
            var meant = Spelling.Nearest(entry.Key, absent);
            var remedy = meant is null ? "Remove it." : $"Did you mean {meant}?";
            ReportAt(entry.KeyAt, PathOf(entry.Key), "an unknown key", expected, remedy);
        }
    }

    public void ReportAt(TomlPosition position, string key, string found, string expected, string remedy)
    {
        if (errors.Count < MostErrors) errors.Add(new(file, position.Line, position.Column, key, found, expected, remedy));
    }

    private double Number(TomlValue value, string key, NumberRange range, string remedy)
    {
        if (value is TomlNumber number)
        {
            if (range.Contains(number.Value)) return number.Value;
            ReportAt(value.At, key, number.Text, range.Describe("number"), Or(remedy, "Choose a value inside the range."));
        }
        else
        {
            ReportAt(value.At, key, value.Shown, range.Describe("number"), Or(remedy, "Write a single number without quotes."));
        }

        return 0.0;
    }

    private TomlSection Section(string key, TomlValue value)
    {
        var inner = PathOf(key);
        if (value is TomlTable found) return new(file, inner, found, found.At, errors);
        ReportAt(value.At, inner, value.Shown, $"a table [{inner}]", "Write the name in square brackets on its own line, its keys below.");
        return new(file, inner, null, value.At, errors);
    }

    private TomlValue? Required(string key, string expected, string remedy)
    {
        _known.Add(key);
        if (table is null) return null;
        if (table.Find(key) is { } entry) return entry.Value;
        ReportAt(at, PathOf(key), "nothing", expected, Or(remedy, path.Length == 0 ? $"Add {key} at the top of the file." : $"Add {key} to this section."));
        return null;
    }

    /// <summary>No control character, and none of those that Unicode gives to nobody and XML refuses.</summary>
    private static bool IsPrintable(Rune rune) => !Rune.IsControl(rune) && (rune.Value & 0xFFFE) != 0xFFFE;

    private static string Or(string remedy, string usual) => remedy.Length > 0 ? remedy : usual;
}
