using LiquidControl.Control;
using LiquidControl.Telemetry.Protobuf;

namespace LiquidControl.Telemetry;

/// <summary>A field of a message: a number, or one a joint.</summary>
/// <param name="Name">That of the record's fields.</param>
/// <param name="Number">Of the field in the message, from 1 on.</param>
/// <param name="Type">How a number is written.</param>
/// <param name="IsRepeated">Whether it has a number a joint.</param>
/// <param name="Offset">Where it was read from, bytes from the start of the file; 0 for one that is to be written.</param>
internal sealed record SchemaField(string Name, int Number, ProtobufType Type, bool IsRepeated, long Offset = 0)
{
    /// <summary>How a number of it stands in a message, or in a row of them.</summary>
    public WireType WireType => Type switch
    {
        ProtobufType.Double or ProtobufType.SFixed64 => WireType.Fixed64,
        ProtobufType.Fixed32 or ProtobufType.SFixed32 => WireType.Fixed32,
        _ => WireType.Varint,
    };

    /// <summary>
    /// Numbers keep all their bits: fixed widths, no zig-zag. A choice is an enumeration, whose words every viewer then shows; flags, of
    /// which several hold at once, are a number whose words stand in the channel's metadata.
    /// </summary>
    public static ProtobufType TypeOf(RecordField field) => field.Kind switch
    {
        RecordKind.F64 => ProtobufType.Double,
        RecordKind.I64 => ProtobufType.SFixed64,
        RecordKind.I32 or RecordKind.I16 => ProtobufType.SFixed32,
        RecordKind.U8 when field.Words.Count == 0 => ProtobufType.Bool,
        _ when !field.IsFlags && field.Words.Any(word => word.Key == 0) => ProtobufType.Enum,
        _ => ProtobufType.Fixed32,
    };
}
