namespace LiquidControl.Telemetry.Protobuf;

/// <summary>Types of fields that recordings use, by their numbers in descriptor.proto.</summary>
internal enum ProtobufType
{
    Double = 1,
    Fixed32 = 7,
    Bool = 8,
    Enum = 14,
    SFixed32 = 15,
    SFixed64 = 16,
}
