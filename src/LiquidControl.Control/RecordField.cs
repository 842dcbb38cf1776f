using System.Buffers.Binary;
using System.Globalization;

namespace LiquidControl.Control;

/// <summary>One number of a record.</summary>
/// <param name="Name">In snake case; the fields of several joints have the same.</param>
/// <param name="Joint">From 0 on; null for a field that no joint has.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Unit">SI; empty for a number without one.</param>
/// <param name="Offset">Of its first byte.</param>
/// <param name="Words">What its numbers stand for, where they stand for words.</param>
/// <param name="IsFlags">Whether several words may hold at once, each a bit or some bits.</param>
public sealed record RecordField(
    string Name, int? Joint, RecordKind Kind, string Unit, int Offset, IReadOnlyList<KeyValuePair<long, string>> Words, bool IsFlags)
{
    /// <summary>Name and joint, counted from 1, as a column's title: <c>position_3</c>.</summary>
    public string Title => Joint is { } joint ? FormattableString.Invariant($"{Name}_{joint + 1}") : Name;

    /// <summary>The field's number; a 64-bit integer beyond 2^53 is rounded.</summary>
    public double Number(ReadOnlySpan<byte> record) =>
        Kind == RecordKind.F64 ? BinaryPrimitives.ReadDoubleLittleEndian(record[Offset..]) : Whole(record);

    /// <summary>The field as a whole number; asking it of one that is none is an error of the caller.</summary>
    public long Whole(ReadOnlySpan<byte> record)
    {
        var bytes = record[Offset..];
        return Kind switch
        {
            RecordKind.I64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            RecordKind.I32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            RecordKind.I16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            RecordKind.U32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            RecordKind.U16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            RecordKind.U8 => bytes[0],
            _ => throw new InvalidOperationException($"{Title} is a number of kind {Kind}, not a whole one."),
        };
    }

    /// <summary>All bits of the field: those of a floating-point number, else the whole number.</summary>
    public long Bits(ReadOnlySpan<byte> record) => Kind == RecordKind.F64 ? BinaryPrimitives.ReadInt64LittleEndian(record[Offset..]) : Whole(record);

    /// <summary>Puts bits as of <see cref="Bits"/> into the field. False: they are a whole number too large for it.</summary>
    public bool TrySetBits(Span<byte> record, long bits)
    {
        var bytes = record[Offset..];
        switch (Kind)
        {
            case RecordKind.F64 or RecordKind.I64:
                BinaryPrimitives.WriteInt64LittleEndian(bytes, bits);
                return true;
            case RecordKind.I32 when bits is >= int.MinValue and <= int.MaxValue:
                BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)bits);
                return true;
            case RecordKind.I16 when bits is >= short.MinValue and <= short.MaxValue:
                BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)bits);
                return true;
            case RecordKind.U32 when bits is >= 0 and <= uint.MaxValue:
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)bits);
                return true;
            case RecordKind.U16 when bits is >= 0 and <= ushort.MaxValue:
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)bits);
                return true;
            case RecordKind.U8 when bits is >= 0 and <= byte.MaxValue:
                bytes[0] = (byte)bits;
                return true;
            default:
                return false;
        }
    }

    /// <summary>The field as a person or a table reads it: a word, words joined by <c>|</c>, or a number that reads back to the same bits.</summary>
    public string Text(ReadOnlySpan<byte> record)
    {
        if (Kind == RecordKind.F64)
            return Number(record).ToString("R", CultureInfo.InvariantCulture);
        long value = Whole(record);
        string number = value.ToString(CultureInfo.InvariantCulture);
        if (Words.Count == 0)
            return number;
        if (!IsFlags || value == 0)
            return Word(value) ?? number;
        var words = Words.Where(word => word.Key != 0 && (value & word.Key) == word.Key).ToArray();
        long named = words.Aggregate(0L, (bits, word) => bits | word.Key);
        return named == value ? string.Join('|', words.Select(word => word.Value)) : number;
    }

    private string? Word(long value) => Words.FirstOrDefault(word => word.Key == value).Value;
}
