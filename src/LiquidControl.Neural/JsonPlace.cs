using System.Text.Json;
using System.Text.Unicode;

namespace LiquidControl.Neural;

/// <summary>A value in a JSON file together with where it stands, so that every complaint can name the place.</summary>
internal readonly struct JsonPlace
{
    private const int LongestShown = 60;

    private readonly JsonElement _element;
    private readonly JsonPath? _path;

    private JsonPlace(string file, JsonPath? path, JsonElement element)
    {
        File = file;
        _path = path;
        _element = element;
    }

    public string File { get; }

    /// <summary>Such as $.constructor.units.</summary>
    public string Path => JsonPath.Text(_path);

    /// <summary>The root of a document, which stays readable as long as anything refers to it.</summary>
    /// <exception cref="ModelFormatException">The text is not JSON, or holds a key twice.</exception>
    public static JsonPlace Parse(ReadOnlyMemory<byte> text, string file)
    {
        if (!Utf8.IsValid(text.Span)) throw NotJson("text", null);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonPlace root = new(file, null, document.RootElement.Clone());
            root.RefuseKeysTwice();
            return root;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            string place = exception is JsonException { LineNumber: long line, BytePositionInLine: long column }
                ? $"line {line + 1}, byte {column + 1}"
                : "text";
            throw NotJson(place, exception);
        }

        ModelFormatException NotJson(string place, Exception? inner) =>
            new(file, place, "text that is not valid JSON", "a JSON object in UTF-8", "Correct the text at that place.",
                inner);
    }

    // System.Text.Json can refuse these itself, but then needs OpenSSL, which a small Linux machine may lack.
    private void RefuseKeysTwice()
    {
        if (_element.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in _element.EnumerateArray())
            {
                // Only what can hold keys gets a path: reference files are mostly arrays of numbers.
                bool holdsKeys = item.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
                if (holdsKeys) new JsonPlace(File, new JsonPath(_path, null, index), item).RefuseKeysTwice();
                index++;
            }
        }
        else if (_element.ValueKind == JsonValueKind.Object)
        {
            HashSet<string> names = new(StringComparer.Ordinal);
            foreach ((string name, JsonPlace value) in Members())
            {
                if (!names.Add(name))
                {
                    throw new ModelFormatException(File, value.Path, "the key twice", "each key once", "Remove one of them.");
                }

                value.RefuseKeysTwice();
            }
        }
    }

    /// <summary>The member of that name; an error if it is missing or null.</summary>
    public JsonPlace Member(string name) =>
        TryMember(name, out JsonPlace member)
            ? member
            : throw new ModelFormatException(File, JsonPath.Text(new(_path, name, 0)), "nothing", "a value", $"Add '{name}'.");

    /// <summary>False if the member is missing or null.</summary>
    public bool TryMember(string name, out JsonPlace member)
    {
        if (_element.ValueKind != JsonValueKind.Object) throw Wrong("an object");
        bool present = _element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;
        member = new JsonPlace(File, new JsonPath(_path, name, 0), value);
        return present;
    }

    /// <summary>Whether the member is there and null.</summary>
    public bool IsNull(string name) =>
        _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Null;

    public IEnumerable<(string Name, JsonPlace Value)> Members()
    {
        if (_element.ValueKind != JsonValueKind.Object) throw Wrong("an object");
        foreach (JsonProperty property in _element.EnumerateObject())
        {
            yield return (property.Name, new JsonPlace(File, new JsonPath(_path, property.Name, 0), property.Value));
        }
    }

    public IEnumerable<JsonPlace> Items()
    {
        if (_element.ValueKind != JsonValueKind.Array) throw Wrong("an array");
        int index = 0;
        foreach (JsonElement item in _element.EnumerateArray()) yield return new JsonPlace(File, new JsonPath(_path, null, index++), item);
    }

    /// <summary>Refuses members that would be ignored.</summary>
    public void AllowOnly(params ReadOnlySpan<string> names)
    {
        foreach ((string name, JsonPlace value) in Members())
        {
            if (names.Contains(name)) continue;
            throw new ModelFormatException(File, value.Path, "an unknown key", $"one of {string.Join(", ", names!)}",
                "Correct its spelling or remove it.");
        }
    }

    public string Text()
    {
        try
        {
            if (_element.ValueKind == JsonValueKind.String) return _element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The string is not valid Unicode.
        }

        throw Wrong("a string");
    }

    /// <summary>The index of the text among these.</summary>
    public int OneOf(params ReadOnlySpan<string> texts)
    {
        int index = texts.IndexOf(Text());
        return index >= 0 ? index : throw Wrong($"one of {string.Join(", ", texts!)}");
    }

    public bool Truth() =>
        _element.ValueKind is JsonValueKind.True or JsonValueKind.False ? _element.GetBoolean() : throw Wrong("true or false");

    public int Whole() =>
        _element.ValueKind == JsonValueKind.Number && _element.TryGetInt32(out int value) ? value : throw Wrong("a whole number");

    /// <summary>A finite number.</summary>
    public double Number() =>
        _element.ValueKind == JsonValueKind.Number && _element.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw Wrong("a finite number");

    /// <summary>The decimals of a 32-bit float: read as one and widened.</summary>
    public double SinglePrecision() =>
        _element.ValueKind == JsonValueKind.Number && _element.TryGetSingle(out float value) && float.IsFinite(value)
            ? value
            : throw Wrong("a finite 32-bit number");

    public ModelFormatException Wrong(string expected)
    {
        string found = _element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.Undefined => "nothing",
            _ => Shortened(_element.GetRawText()),
        };
        return new ModelFormatException(File, Path, found, expected, "Correct the value.");
    }

    private static string Shortened(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";
}
