using System.Buffers.Binary;
using System.Text;

namespace LiquidControl.Telemetry.Mcap;

/// <summary>Takes the fields of a record one after the other and never more than there is.</summary>
/// <param name="file">Named in errors.</param>
/// <param name="offset">Of the first byte in the file.</param>
/// <param name="bytes">The record's content.</param>
internal ref struct McapCursor(string file, long offset, ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Of the next byte, in the file.</summary>
    public readonly long Offset => offset + _at;

    public readonly bool IsAtEnd => _at == _bytes.Length;

    public ushort U16(string what) => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort), what));

    public uint U32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint), what));

    public ulong U64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong), what));

    /// <summary>A length of four bytes, then as many.</summary>
    public ReadOnlySpan<byte> Bytes(string what) => Take(U32($"the length of {what}"), what);

    /// <summary>All that is left.</summary>
    public ReadOnlySpan<byte> Rest() => Take((ulong)(_bytes.Length - _at), "");

    public string Text(string what)
    {
        long at = Offset;
        var text = Bytes(what);
        try
        {
            return Utf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw new RecordingFormatException(file, at, $"bytes that are no UTF-8 in {what}", "text", McapReader.Damaged);
        }
    }

    public Dictionary<string, McapText> Map(string what)
    {
        var entries = Bytes(what);
        McapCursor cursor = new(file, Offset - entries.Length, entries);
        Dictionary<string, McapText> map = [];
        string aKey = $"a key of {what}", aValue = $"a value of {what}";
        while (!cursor.IsAtEnd)
        {
            long at = cursor.Offset;
            string key = cursor.Text(aKey);
            long valueAt = cursor.Offset;
            if (!map.TryAdd(key, new(cursor.Text(aValue), valueAt)))
                throw new RecordingFormatException(file, at, $"the key '{key}' twice in {what}", "each once", McapReader.Damaged);
        }

        return map;
    }

    private ReadOnlySpan<byte> Take(ulong count, string what)
    {
        if (count > (ulong)(_bytes.Length - _at))
            throw new RecordingFormatException(file, Offset, $"{_bytes.Length - _at} bytes to the end of the record", $"{count} for {what}", McapReader.Damaged);
        var taken = _bytes.Slice(_at, (int)count);
        _at += (int)count;
        return taken;
    }
}
