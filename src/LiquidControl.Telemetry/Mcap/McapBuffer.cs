using System.Buffers.Binary;
using System.Text;

namespace LiquidControl.Telemetry.Mcap;

/// <summary>Records put one after the other, as bytes, in memory that is used again; little-endian.</summary>
internal sealed class McapBuffer
{
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Begins a record; its length is filled in by <see cref="End"/>, which is given what this returns.</summary>
    public int Begin(McapOpcode opcode)
    {
        Add((byte)opcode);
        Add(0UL);
        return Length;
    }

    public void End(int begin, long bytesElsewhere = 0) =>
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(begin - sizeof(ulong)), (ulong)(Length - begin + bytesElsewhere));

    public void Add(byte value) => Take(1)[0] = value;

    public void Add(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(ushort)), value);

    public void Add(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    public void Add(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(sizeof(ulong)), value);

    public void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>A length, then UTF-8.</summary>
    public void Add(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Add((uint)length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    /// <summary>A length in bytes, then keys and values.</summary>
    public void Add(IEnumerable<KeyValuePair<string, string>> map)
    {
        int begin = Length;
        Add(0U);
        foreach (var (key, value) in map)
        {
            Add(key);
            Add(value);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(begin), (uint)(Length - begin - sizeof(uint)));
    }

    private Span<byte> Take(int count)
    {
        if (Length + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + count));
        var place = _bytes.AsSpan(Length, count);
        Length += count;
        return place;
    }
}
