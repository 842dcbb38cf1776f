using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace LiquidControl.Neural;

/// <summary>
/// Reads the JSON header of a safetensors file. It comes from outside: every count, length and offset is checked before it is used.
/// </summary>
internal ref struct SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";

    private const int MostTensors = 4096;
    private const int MostMetadata = 1024;
    private const int HighestRank = 8;
    private const string Damaged = "The file is damaged or was not written by a safetensors library: save it again.";

    private readonly ReadOnlyMemory<byte> _data;
    private readonly string _file;
    private Utf8JsonReader _json;

    private SafetensorsHeader(ReadOnlySpan<byte> header, ReadOnlyMemory<byte> data, string file)
    {
        _json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 4 });
        _data = data;
        _file = file;
    }

    public static SafetensorsFile Parse(ReadOnlySpan<byte> header, ReadOnlyMemory<byte> data, string file)
    {
        SafetensorsHeader parser = new(header, data, file);
        try
        {
            return parser.Parse();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The reader throws InvalidOperationException for a string that is not valid Unicode.
            throw new ModelFormatException(file, $"header, byte {parser._json.TokenStartIndex}", "text that is not valid JSON",
                "a JSON object", Damaged, exception);
        }
    }

    private SafetensorsFile Parse()
    {
        ImmutableArray<KeyValuePair<string, string>> metadata = [];
        List<SafetensorsTensor> tensors = [];
        List<(long Begin, long End, string Name)> ranges = [];
        HashSet<string> names = new(StringComparer.Ordinal);

        Expect(_json.Read() && _json.TokenType == JsonTokenType.StartObject, "header", "a JSON object");
        while (NextProperty("header", out string name))
        {
            if (!names.Add(name)) throw Wrong("header", $"the key '{name}' twice", "each key once");
            if (names.Count > MostTensors) throw Wrong("header", $"more than {MostTensors} tensors", $"at most {MostTensors}");
            if (name == MetadataKey) metadata = ReadMetadata();
            else tensors.Add(ReadTensor(name, ranges));
        }

        if (_json.Read()) throw Wrong("header", "more text after the object", "spaces only");
        CheckCoverage(ranges);
        return new SafetensorsFile(metadata, [.. tensors]);
    }

    private ImmutableArray<KeyValuePair<string, string>> ReadMetadata()
    {
        Dictionary<string, string> seen = new(StringComparer.Ordinal);
        ImmutableArray<KeyValuePair<string, string>>.Builder entries = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        Expect(_json.Read() && _json.TokenType == JsonTokenType.StartObject, MetadataKey, "an object of strings");
        while (NextProperty(MetadataKey, out string key))
        {
            Expect(_json.Read() && _json.TokenType == JsonTokenType.String, $"{MetadataKey} '{key}'", "a string");
            string value = _json.GetString()!;
            if (!seen.TryAdd(key, value)) throw Wrong(MetadataKey, $"the key '{key}' twice", "each key once");
            if (seen.Count > MostMetadata) throw Wrong(MetadataKey, $"more than {MostMetadata} entries", $"at most {MostMetadata}");
            entries.Add(new KeyValuePair<string, string>(key, value));
        }

        return entries.ToImmutable();
    }

    private SafetensorsTensor ReadTensor(string name, List<(long Begin, long End, string Name)> ranges)
    {
        string place = $"tensor '{name}'";
        TensorType? type = null;
        ImmutableArray<int>? shape = null;
        (long Begin, long End)? range = null;
        Expect(_json.Read() && _json.TokenType == JsonTokenType.StartObject, place, "an object");
        while (NextProperty(place, out string key))
        {
            switch (key)
            {
                case "dtype" when type is null:
                    type = ReadType(place);
                    break;
                case "shape" when shape is null:
                    shape = ReadShape(place);
                    break;
                case "data_offsets" when range is null:
                    range = ReadRange(place);
                    break;
                default:
                    throw Wrong(place, $"the key '{key}' twice or unknown", "dtype, shape and data_offsets, each once");
            }
        }

        if (type is null || shape is null || range is null)
        {
            throw Wrong(place, "an incomplete description", "dtype, shape and data_offsets");
        }

        (long begin, long end) = range.Value;
        long length = ByteLength(shape.Value, type.Value, place);
        if (end - begin != length)
        {
            throw Wrong(place, $"data_offsets of {end - begin} bytes", $"{length} for shape [{string.Join(", ", shape.Value)}] of {type}");
        }

        ranges.Add((begin, end, name));
        return new SafetensorsTensor(name, type.Value, shape.Value, _data.Slice((int)begin, (int)length));
    }

    private TensorType ReadType(string place)
    {
        Expect(_json.Read() && _json.TokenType == JsonTokenType.String, $"{place}, dtype", "a string");
        return _json.GetString() switch
        {
            "F32" => TensorType.F32,
            "F64" => TensorType.F64,
            string other => throw new ModelFormatException(_file, $"{place}, dtype", $"'{other}'", "F32 or F64",
                "Convert the weights to 32-bit or 64-bit floats before saving."),
            null => throw Wrong($"{place}, dtype", "null", "F32 or F64"),
        };
    }

    private ImmutableArray<int> ReadShape(string place)
    {
        List<int> shape = [];
        Expect(_json.Read() && _json.TokenType == JsonTokenType.StartArray, $"{place}, shape", "an array of whole numbers");
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (shape.Count == HighestRank) throw Wrong($"{place}, shape", $"more than {HighestRank} dimensions", $"at most {HighestRank}");
            shape.Add((int)ReadWhole($"{place}, shape", int.MaxValue));
        }

        return [.. shape];
    }

    private (long Begin, long End) ReadRange(string place)
    {
        place += ", data_offsets";
        Expect(_json.Read() && _json.TokenType == JsonTokenType.StartArray, place, "an array of two whole numbers");
        _json.Read();
        long begin = ReadWhole(place, _data.Length);
        _json.Read();
        long end = ReadWhole(place, _data.Length);
        if (end < begin) throw Wrong(place, $"[{begin}, {end}]", "begin before end");
        Expect(_json.Read() && _json.TokenType == JsonTokenType.EndArray, place, "an array of two whole numbers");
        return (begin, end);
    }

    /// <summary>The number the reader stands on.</summary>
    private readonly long ReadWhole(string place, long most)
    {
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out long value) && value >= 0 && value <= most) return value;
        string found = _json.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(_json.ValueSpan) : $"{_json.TokenType}";
        throw Wrong(place, found, $"a whole number from 0 to {most}");
    }

    private readonly long ByteLength(ImmutableArray<int> shape, TensorType type, string place)
    {
        // Each factor is below 2^31 and the product is cut off at the file's size, so it cannot overflow.
        long length = SafetensorsTensor.SizeOf(type);
        foreach (int extent in shape)
        {
            length *= extent;
            if (length > _data.Length)
            {
                throw Wrong(place, $"shape [{string.Join(", ", shape)}], more than the file holds",
                    $"at most {_data.Length} bytes of data");
            }
        }

        return length;
    }

    /// <summary>The tensors must cover the data exactly: no overlap, no gap, nothing after the last.</summary>
    private readonly void CheckCoverage(List<(long Begin, long End, string Name)> ranges)
    {
        ranges.Sort();
        long covered = 0;
        foreach ((long begin, long end, string name) in ranges)
        {
            if (begin != covered)
            {
                string fault = begin < covered ? "an overlap with the tensor before it" : "a gap before it";
                throw Wrong($"tensor '{name}', data_offsets", $"begin {begin}, {fault}", $"{covered}");
            }

            covered = end;
        }

        if (covered != _data.Length)
        {
            throw Wrong("end of file", $"{_data.Length - covered} bytes that belong to no tensor", "none");
        }
    }

    private bool NextProperty(string place, out string name)
    {
        Expect(_json.Read(), place, "the end of the object");
        name = "";
        if (_json.TokenType == JsonTokenType.EndObject) return false;
        name = _json.GetString()!;
        return true;
    }

    private readonly void Expect(bool met, string place, string expected)
    {
        if (!met) throw Wrong(place, $"{_json.TokenType}", expected);
    }

    private readonly ModelFormatException Wrong(string place, string found, string expected) =>
        new(_file, place, found, expected, Damaged);
}
