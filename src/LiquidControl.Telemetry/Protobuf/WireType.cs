namespace LiquidControl.Telemetry.Protobuf;

/// <summary>How a field's value is laid out in a protobuf message.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
