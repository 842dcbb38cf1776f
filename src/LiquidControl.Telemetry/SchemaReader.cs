using LiquidControl.Telemetry.Mcap;
using LiquidControl.Telemetry.Protobuf;

namespace LiquidControl.Telemetry;

/// <summary>Finds the fields of a recording's message in its schema, which another release may have written.</summary>
internal sealed class SchemaReader
{
    private const int Repeated = 3;

    /// <summary>More than any record has.</summary>
    private const int MostFields = 1000;

    /// <summary>Of a field in a message: https://protobuf.dev/programming-guides/proto3/#assigning.</summary>
    private const ulong LargestNumber = (1 << 29) - 1;

    private readonly string _file;
    private readonly List<SchemaField> _fields = [];
    private readonly HashSet<string> _names = [];
    private readonly HashSet<int> _numbers = [];

    private SchemaReader(string file) => _file = file;

    /// <exception cref="RecordingFormatException">It is no schema of cycles.</exception>
    public static IReadOnlyList<SchemaField> Read(string file, McapSchema schema)
    {
        if (schema.Name != CycleSchema.FullName || schema.Encoding != CycleSchema.Encoding)
        {
            throw new RecordingFormatException(
                file, schema.Offset, $"messages of type '{schema.Name}' in '{schema.Encoding}'", $"'{CycleSchema.FullName}' in '{CycleSchema.Encoding}'",
                "Give a recording that `liquidcontrol hil record` made.");
        }

        SchemaReader reader = new(file);
        ProtobufReader set = new(file, schema.Offset, schema.Data);
        while (set.Read())
        {
            if (IsMessage(set, 1))
                reader.ReadFile(reader.Inner(ref set));
            else
                set.Skip();
        }

        return reader._fields.Count > 0 ? reader._fields : throw set.Wrong(schema.Offset, "a schema without fields", $"that of {CycleSchema.FullName}");
    }

    private void ReadFile(ProtobufReader descriptor)
    {
        while (descriptor.Read())
        {
            if (IsMessage(descriptor, 4))
                ReadMessage(Inner(ref descriptor));
            else
                descriptor.Skip();
        }
    }

    private void ReadMessage(ProtobufReader message)
    {
        List<SchemaField> found = [];
        string name = "";
        while (message.Read())
        {
            if (IsMessage(message, 1))
                name = message.Text();
            else if (IsMessage(message, 2))
                found.Add(ReadField(Inner(ref message)));
            else
                message.Skip();
        }

        if (name != CycleSchema.MessageName)
            return;
        foreach (var field in found)
        {
            if (_fields.Count == MostFields)
                throw message.Wrong(field.Offset, $"one field more than {MostFields}", $"at most {MostFields}");
            if (!_names.Add(field.Name) || !_numbers.Add(field.Number))
                throw message.Wrong(field.Offset, $"a second field of the name '{field.Name}' or the number {field.Number}", "each once");
            _fields.Add(field);
        }
    }

    private static SchemaField ReadField(ProtobufReader field)
    {
        long at = field.Offset;
        string name = "";
        ulong number = 0, type = 0;
        bool isRepeated = false;
        while (field.Read())
        {
            if (IsMessage(field, 1))
                name = field.Text();
            else if (field is { Field: 3, Type: WireType.Varint })
                number = field.Varint();
            else if (field is { Field: 4, Type: WireType.Varint })
                isRepeated = field.Varint() == Repeated;
            else if (field is { Field: 5, Type: WireType.Varint })
                type = field.Varint();
            else
                field.Skip();
        }

        return number is > 0 and <= LargestNumber
            ? new(name, (int)number, (ProtobufType)Math.Min(type, int.MaxValue), isRepeated, at)
            : throw field.Wrong(at, $"a field '{name}' of number {number}", $"1 to {LargestNumber}");
    }

    private static bool IsMessage(in ProtobufReader reader, int field) => reader.Field == field && reader.Type == WireType.Bytes;

    private ProtobufReader Inner(ref ProtobufReader reader)
    {
        var bytes = reader.Bytes();
        return new(_file, reader.Offset - bytes.Length, bytes);
    }
}
