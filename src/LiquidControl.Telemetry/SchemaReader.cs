using LiquidControl.Telemetry.Mcap;
using LiquidControl.Telemetry.Protobuf;

namespace LiquidControl.Telemetry;

/// <summary>Finds the fields of a recording's message in its schema, which another release may have written.</summary>
internal static class SchemaReader
{
    private const int Repeated = 3;

    /// <summary>More than any record has.</summary>
    private const int MostFields = 1000;

    /// <exception cref="RecordingFormatException">It is no schema of cycles.</exception>
    public static List<SchemaField> Read(string file, McapSchema schema)
    {
        if (schema.Name != CycleSchema.FullName || schema.Encoding != CycleSchema.Encoding)
        {
            throw new RecordingFormatException(
                file, schema.Offset, $"messages of type '{schema.Name}' in '{schema.Encoding}'", $"'{CycleSchema.FullName}' in '{CycleSchema.Encoding}'",
                "Give a recording that `liquidcontrol hil record` made.");
        }

        List<SchemaField> fields = [];
        ProtobufReader set = new(file, schema.Offset, schema.Data);
        while (set.Read())
        {
            if (IsMessage(set, 1))
                ReadFile(file, Inner(file, ref set), fields);
            else
                set.Skip();
        }

        return fields.Count > 0 ? fields : throw set.Wrong(schema.Offset, "a schema without fields", $"that of {CycleSchema.FullName}");
    }

    private static void ReadFile(string file, ProtobufReader descriptor, List<SchemaField> fields)
    {
        while (descriptor.Read())
        {
            if (IsMessage(descriptor, 4))
                ReadMessage(file, Inner(file, ref descriptor), fields);
            else
                descriptor.Skip();
        }
    }

    private static void ReadMessage(string file, ProtobufReader message, List<SchemaField> fields)
    {
        List<SchemaField> found = [];
        string name = "";
        long at = message.Offset;
        while (message.Read())
        {
            if (IsMessage(message, 1))
                name = message.Text();
            else if (IsMessage(message, 2))
                found.Add(ReadField(Inner(file, ref message)));
            else
                message.Skip();
        }

        if (name != CycleSchema.MessageName)
            return;
        if (fields.Count + found.Count > MostFields)
            throw message.Wrong(at, $"{found.Count} fields", $"at most {MostFields}");
        foreach (var field in found)
        {
            if (fields.Exists(other => other.Name == field.Name || other.Number == field.Number))
                throw message.Wrong(at, $"two fields of the name '{field.Name}' or the number {field.Number}", "each once");
            fields.Add(field);
        }
    }

    private static SchemaField ReadField(ProtobufReader field)
    {
        string name = "";
        int number = 0, type = 0;
        bool isRepeated = false;
        while (field.Read())
        {
            if (IsMessage(field, 1))
                name = field.Text();
            else if (field is { Field: 3, Type: WireType.Varint })
                number = (int)field.Varint();
            else if (field is { Field: 4, Type: WireType.Varint })
                isRepeated = field.Varint() == Repeated;
            else if (field is { Field: 5, Type: WireType.Varint })
                type = (int)field.Varint();
            else
                field.Skip();
        }

        return new(name, number, (ProtobufType)type, isRepeated);
    }

    private static bool IsMessage(in ProtobufReader reader, int field) => reader.Field == field && reader.Type == WireType.Bytes;

    private static ProtobufReader Inner(string file, ref ProtobufReader reader)
    {
        var bytes = reader.Bytes();
        return new(file, reader.Offset - bytes.Length, bytes);
    }
}
