using System.Buffers.Binary;
using System.Text;

namespace LiquidControl.Telemetry.Protobuf;

/// <summary>Writes a protobuf message (https://protobuf.dev/programming-guides/encoding) into memory that is used again.</summary>
internal sealed class ProtobufWriter
{
    private const int VarintBytes = 10;

    private byte[] _bytes = new byte[1024];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Tag(int field, WireType type) => Varint(((ulong)field << 3) | (uint)type);

    public void Varint(ulong value)
    {
        var place = Reserve(VarintBytes);
        int count = 0;
        for (; value >= 0x80; value >>= 7) place[count++] = (byte)(value | 0x80);
        place[count++] = (byte)value;
        _length += count;
    }

    public void Fixed32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);
        _length += sizeof(uint);
    }

    public void Fixed64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(sizeof(ulong)), value);
        _length += sizeof(ulong);
    }

    public void Number(int field, long value)
    {
        Tag(field, WireType.Varint);
        Varint((ulong)value);
    }

    public void Text(int field, string value) => Message(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message within the message, or bytes.</summary>
    public void Message(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, WireType.Bytes);
        Varint((ulong)value.Length);
        value.CopyTo(Reserve(value.Length));
        _length += value.Length;
    }

    private Span<byte> Reserve(int count)
    {
        if (_length + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + count));
        return _bytes.AsSpan(_length);
    }
}
