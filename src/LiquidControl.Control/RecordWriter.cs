using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiquidControl.Control;

/// <summary>Writes every field at the place <see cref="CycleLayout"/> gives it: one after the other, little-endian, without gaps.</summary>
internal ref struct RecordWriter(Span<byte> bytes) : IRecordVisitor
{
    private readonly Span<byte> _bytes = bytes;
    private int _offset;

    public double Number(string name, string unit, double value, int index)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), value);
        return value;
    }

    public long Integer(string name, string unit, long value, int index)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);
        return value;
    }

    public int Integer(string name, string unit, int value, int index)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);
        return value;
    }

    public short Integer(string name, string unit, short value, int index)
    {
        BinaryPrimitives.WriteInt16LittleEndian(Take(sizeof(short)), value);
        return value;
    }

    public bool Flag(string name, bool value)
    {
        Take(sizeof(bool))[0] = value ? (byte)1 : (byte)0;
        return value;
    }

    public TEnum Choice<TEnum>(string name, TEnum value, int index)
        where TEnum : unmanaged, Enum
    {
        MemoryMarshal.Write(Take(Unsafe.SizeOf<TEnum>()), value);
        return value;
    }

    private Span<byte> Take(int count)
    {
        var place = _bytes.Slice(_offset, count);
        _offset += count;
        return place;
    }
}
