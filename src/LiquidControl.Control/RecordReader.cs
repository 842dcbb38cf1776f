using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiquidControl.Control;

/// <summary>Fills every field from what <see cref="RecordWriter"/> wrote.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> bytes) : IRecordVisitor
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _offset;

    public double Number(string name, string unit, double value, int index) => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public long Integer(string name, string unit, long value, int index) => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public int Integer(string name, string unit, int value, int index) => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public short Integer(string name, string unit, short value, int index) => BinaryPrimitives.ReadInt16LittleEndian(Take(sizeof(short)));

    public bool Flag(string name, bool value) => Take(sizeof(bool))[0] != 0;

    public TEnum Choice<TEnum>(string name, TEnum value, int index)
        where TEnum : unmanaged, Enum => MemoryMarshal.Read<TEnum>(Take(Unsafe.SizeOf<TEnum>()));

    private ReadOnlySpan<byte> Take(int count)
    {
        var place = _bytes.Slice(_offset, count);
        _offset += count;
        return place;
    }
}
