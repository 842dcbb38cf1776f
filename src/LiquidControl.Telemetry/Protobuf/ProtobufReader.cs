using System.Buffers.Binary;
using System.Text;
using LiquidControl.Telemetry.Mcap;

namespace LiquidControl.Telemetry.Protobuf;

/// <summary>Takes a protobuf message apart, field by field, and never more than there is.</summary>
/// <param name="file">Named in errors.</param>
/// <param name="offset">Of the first byte in the file.</param>
/// <param name="bytes">The message.</param>
internal ref struct ProtobufReader(string file, long offset, ReadOnlySpan<byte> bytes)
{
    private const int VarintBits = 64;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Of the next byte, in the file.</summary>
    public readonly long Offset => offset + _at;

    public readonly bool IsAtEnd => _at == _bytes.Length;

    public int Field { get; private set; }

    public WireType Type { get; private set; }

    /// <summary>On to the next field; false at the end of the message.</summary>
    public bool Read()
    {
        if (IsAtEnd)
            return false;
        long at = Offset;
        ulong tag = Varint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        Type = (WireType)(tag & 7);
        return Field > 0 ? true : throw Wrong(at, "a field of number 0", "1 or more");
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < VarintBits; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw Wrong(Offset, "a number of more than ten bytes", "at most ten");
    }

    public uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>A message, several numbers, or text; its first byte stands at <see cref="Offset"/> less its length.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(Varint());

    /// <summary>For a person: what is no UTF-8 is replaced.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>Passes over the field's value.</summary>
    public void Skip()
    {
        switch (Type)
        {
            case WireType.Varint:
                Varint();
                break;
            case WireType.Fixed64:
                Fixed64();
                break;
            case WireType.Bytes:
                Bytes();
                break;
            case WireType.Fixed32:
                Fixed32();
                break;
            default:
                throw Wrong(Offset, $"a field of wire type {(int)Type}", "0, 1, 2 or 5");
        }
    }

    public readonly RecordingFormatException Wrong(long at, string found, string expected) => new(file, at, found, expected, McapReader.Damaged);

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_bytes.Length - _at))
            throw Wrong(Offset, $"{_bytes.Length - _at} bytes to the end of the message", $"{count}");
        var taken = _bytes.Slice(_at, (int)count);
        _at += (int)count;
        return taken;
    }
}
