namespace LiquidControl.Control;

/// <summary>How a number of a record is written; little-endian.</summary>
public enum RecordKind : byte
{
    F64,
    I64,
    I32,
    I16,
    U32,
    U16,
    U8,
}
