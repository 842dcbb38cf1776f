using LiquidControl.Control;
using LiquidControl.Telemetry.Mcap;
using LiquidControl.Telemetry.Protobuf;

namespace LiquidControl.Telemetry;

/// <summary>
/// Protobuf messages to records of this program, field by field by their names: fields that a recording has and this program does not are
/// passed over, those it lacks are left zero and named.
/// </summary>
internal sealed class CycleDecoder
{
    /// <summary>Without these there is no cycle.</summary>
    private static readonly string[] Needed = ["cycle", "timestamp", "encoder_counts", "encoder_status", "state"];

    private readonly string _file;
    private readonly Dictionary<int, (SchemaField Field, RecordField[] Targets)> _plan = [];

    /// <exception cref="RecordingFormatException">The schema is none of cycles, or its fields are others than this program's.</exception>
    public CycleDecoder(string file, McapSchema schema, CycleLayout layout)
    {
        _file = file;
        CycleSchema own = new(layout.Fields);
        var found = SchemaReader.Read(file, schema).ToDictionary(field => field.Name);
        List<string> missing = [];
        for (int i = 0; i < own.Fields.Count; i++)
        {
            var wanted = own.Fields[i];
            if (!found.TryGetValue(wanted.Name, out var field))
            {
                if (Needed.Contains(wanted.Name)) throw Foreign(schema.Offset, $"no field '{wanted.Name}'", "one");
                missing.Add(wanted.Name);
                continue;
            }

            if (field.Type != wanted.Type || field.IsRepeated != wanted.IsRepeated)
                throw Foreign(field.Offset, $"field '{wanted.Name}' of {Kind(field)}", Kind(wanted));
            _plan.Add(field.Number, (field, own.RecordFields(i)));
        }

        Missing = missing;
    }

    /// <summary>Names of this program's fields that the recording lacks.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <param name="offset">Of the message in the file.</param>
    /// <param name="message">As it was written.</param>
    /// <param name="record">By this program's layout; filled whole.</param>
    /// <exception cref="RecordingFormatException">It is no such message.</exception>
    public void Decode(long offset, ReadOnlySpan<byte> message, Span<byte> record)
    {
        record.Clear();
        ProtobufReader reader = new(_file, offset, message);
        while (reader.Read())
        {
            if (!_plan.TryGetValue(reader.Field, out var entry))
            {
                reader.Skip();
                continue;
            }

            var expected = entry.Field.IsRepeated ? WireType.Bytes : entry.Field.WireType;
            if (reader.Type != expected)
                throw reader.Wrong(reader.Offset, $"field '{entry.Field.Name}' as wire type {(int)reader.Type}", $"{(int)expected}");
            if (entry.Field.IsRepeated)
                DecodeRow(ref reader, entry.Field, entry.Targets, record);
            else
                Set(entry.Targets[0], entry.Field, ref reader, record);
        }
    }

    private void DecodeRow(ref ProtobufReader message, SchemaField field, RecordField[] targets, Span<byte> record)
    {
        var row = message.Bytes();
        long at = message.Offset - row.Length;
        ProtobufReader reader = new(_file, at, row);
        int joint = 0;
        for (; !reader.IsAtEnd; joint++)
        {
            if (joint == targets.Length)
                throw reader.Wrong(reader.Offset, $"more than {targets.Length} numbers in field '{field.Name}'", "one a joint");
            Set(targets[joint], field, ref reader, record);
        }

        if (joint < targets.Length)
            throw reader.Wrong(at, $"{joint} numbers in field '{field.Name}'", $"{targets.Length}, one a joint");
    }

    private static void Set(RecordField target, SchemaField field, ref ProtobufReader reader, Span<byte> record)
    {
        long at = reader.Offset;
        long bits = field.Type switch
        {
            ProtobufType.Double or ProtobufType.SFixed64 => (long)reader.Fixed64(),
            ProtobufType.SFixed32 => (int)reader.Fixed32(),
            ProtobufType.Fixed32 => reader.Fixed32(),
            ProtobufType.Enum when target.Kind == RecordKind.U32 => (uint)reader.Varint(),
            _ => (long)reader.Varint(),
        };
        if (!target.TrySetBits(record, bits))
            throw reader.Wrong(at, $"{bits} in field '{field.Name}'", $"a number of kind {target.Kind}");
    }

    private RecordingFormatException Foreign(long offset, string found, string expected) => new(
        _file, offset, found, expected, "Replay it with the release that recorded it; its name stands in the file's metadata.");

    private static string Kind(SchemaField field) => $"{(field.IsRepeated ? "repeated " : "")}{field.Type}";
}
