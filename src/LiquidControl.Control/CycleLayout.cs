namespace LiquidControl.Control;

/// <summary>
/// A <see cref="CycleRecord"/> as bytes: the same size for every cycle of an arm, fields one after the other, little-endian. Shared memory,
/// recordings and replay all use it. Write and Read allocate nothing and keep every bit.
/// </summary>
public sealed class CycleLayout
{
    private readonly List<RecordField> _fields = [];

    public CycleLayout(int jointCount)
    {
        JointCount = jointCount;
        RecordFieldList list = new(_fields);
        new CycleRecord(jointCount).Visit(ref list);
        Size = _fields[^1].Offset + SizeOf(_fields[^1].Kind);
    }

    public int JointCount { get; }

    /// <summary>Bytes of a record.</summary>
    public int Size { get; }

    public IReadOnlyList<RecordField> Fields => _fields;

    /// <param name="record">Of an arm with as many joints.</param>
    /// <param name="bytes">At least <see cref="Size"/>.</param>
    public void Write(CycleRecord record, Span<byte> bytes)
    {
        RecordWriter writer = new(bytes[..Size]);
        record.Visit(ref writer);
    }

    /// <inheritdoc cref="Write"/>
    public void Read(ReadOnlySpan<byte> bytes, CycleRecord record)
    {
        RecordReader reader = new(bytes[..Size]);
        record.Visit(ref reader);
    }

    /// <summary>Bytes of a number.</summary>
    public static int SizeOf(RecordKind kind) => kind switch
    {
        RecordKind.U8 => 1,
        RecordKind.I16 or RecordKind.U16 => 2,
        RecordKind.I32 or RecordKind.U32 => 4,
        _ => 8,
    };
}
