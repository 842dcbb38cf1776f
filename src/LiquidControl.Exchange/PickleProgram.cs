using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using LiquidControl.Neural;

namespace LiquidControl.Exchange;

/// <summary>
/// The bytes of data.pkl, read once from front to back. Every argument is checked against what is left, and every refusal names the
/// opcode it arose in and where that stands.
/// </summary>
/// <param name="bytes">The whole program.</param>
/// <param name="file">The file it comes from, for messages.</param>
internal sealed class PickleProgram(ReadOnlyMemory<byte> bytes, string file)
{
    /// <summary>Longer programs are refused: one of 4096 tensors takes less than a tenth of it.</summary>
    public const int Longest = 1 << 22;

    /// <summary>Longer strings are refused.</summary>
    public const int LongestString = 1 << 20;

    /// <summary>Programs of more opcodes are refused. Each opcode makes at most one object, so this bounds memory too.</summary>
    public const int MostOpcodes = 1 << 20;

    public const string Damaged = "The file is damaged or was not written by torch.save: copy it again or save it again.";

    private const int LongestName = 256;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _position;
    private int _opcodeAt;
    private int _opcodes;
    private PickleOpcode? _opcode;

    public string File { get; } = file;

    public int Remaining => bytes.Length - _position;

    public PickleOpcode NextOpcode()
    {
        _opcodeAt = _position;
        _opcode = null;
        if (++_opcodes > MostOpcodes) throw Wrong($"more than {MostOpcodes} opcodes", $"at most {MostOpcodes}");
        if (Remaining == 0) throw Wrong("the end of the program", "an opcode STOP before it");
        _opcode = (PickleOpcode)ReadByte();
        return _opcode.Value;
    }

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>Pickle writes its floats big-endian.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A whole number in two's complement, little-endian. Null beyond 64 bits: nothing that is used here is so large.</summary>
    public long? ReadLong()
    {
        ReadOnlySpan<byte> digits = Take(ReadByte());
        if (digits.Length > sizeof(long)) return null;
        long value = digits.Length > 0 && digits[^1] >= 0x80 ? -1 : 0;
        for (int i = digits.Length - 1; i >= 0; i--) value = (value << 8) | digits[i];
        return value;
    }

    public string ReadString(uint length)
    {
        if (length > LongestString) throw Wrong($"a string of {length} bytes", $"at most {LongestString}");
        try
        {
            return StrictUtf8.GetString(Take((int)length));
        }
        catch (DecoderFallbackException exception)
        {
            throw Wrong("a string that is not UTF-8", "text", Damaged, exception);
        }
    }

    /// <summary>A name up to the end of its line.</summary>
    public string ReadLine()
    {
        ReadOnlySpan<byte> rest = bytes.Span.Slice(_position, Math.Min(Remaining, LongestName));
        int length = rest.IndexOf((byte)'\n');
        if (length < 0) throw Wrong("a name without an end", $"a line of at most {LongestName} characters");
        string name = ReadString((uint)length);
        _position++;
        return name;
    }

    public ModelFormatException Wrong(string found, string expected, string remedy = Damaged, Exception? inner = null)
    {
        string opcode = _opcode is null ? "" : string.Create(CultureInfo.InvariantCulture, $", opcode {Name(_opcode.Value)}");
        return new ModelFormatException(File, $"data.pkl, offset {_opcodeAt}{opcode}", found, expected, remedy, inner);
    }

    private static string Name(PickleOpcode opcode) => Enum.IsDefined(opcode) ? $"{opcode} (0x{(byte)opcode:x2})" : $"0x{(byte)opcode:x2}";

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining) throw Wrong($"the end of the program after {Remaining} bytes", $"{count} bytes");
        ReadOnlySpan<byte> taken = bytes.Span.Slice(_position, count);
        _position += count;
        return taken;
    }
}
