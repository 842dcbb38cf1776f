using LiquidControl.Control;
using LiquidControl.Telemetry.Mcap;
using LiquidControl.Telemetry.Protobuf;

namespace LiquidControl.Telemetry;

/// <summary>Records to protobuf messages, every field in every message. Allocates nothing once it has written one.</summary>
internal sealed class CycleEncoder
{
    private readonly ProtobufWriter _message = new();
    private readonly ProtobufWriter _row = new();
    private readonly CycleSchema _schema;
    private readonly RecordField[][] _sources;

    /// <param name="fields">Of the records.</param>
    public CycleEncoder(IReadOnlyList<RecordField> fields)
    {
        _schema = new(fields);
        _sources = [.. Enumerable.Range(0, _schema.Fields.Count).Select(_schema.RecordFields)];
    }

    public McapChannel Channel() => _schema.Channel();

    /// <summary>Valid until the next.</summary>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<byte> record)
    {
        _message.Clear();
        for (int i = 0; i < _sources.Length; i++)
        {
            var field = _schema.Fields[i];
            if (!field.IsRepeated)
            {
                _message.Tag(field.Number, field.WireType);
                Write(_message, field.WireType, _sources[i][0], record);
                continue;
            }

            _row.Clear();
            foreach (var source in _sources[i]) Write(_row, field.WireType, source, record);
            _message.Message(field.Number, _row.Bytes);
        }

        return _message.Bytes;
    }

    private static void Write(ProtobufWriter writer, WireType type, RecordField field, ReadOnlySpan<byte> record)
    {
        if (type == WireType.Fixed64)
            writer.Fixed64((ulong)field.Bits(record));
        else if (type == WireType.Fixed32)
            writer.Fixed32((uint)field.Whole(record));
        else
            writer.Varint((ulong)(int)field.Whole(record));
    }
}
