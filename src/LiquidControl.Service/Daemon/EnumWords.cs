using System.Runtime.CompilerServices;
using System.Text;

namespace LiquidControl.Service.Daemon;

/// <summary>The words of an enumeration as bytes, made once: naming one later allocates nothing.</summary>
internal sealed class EnumWords<TEnum>
    where TEnum : struct, Enum
{
    private readonly (TEnum Value, byte[] Word)[] _words = [.. Enum.GetValues<TEnum>().Select(value => (value, Encoding.UTF8.GetBytes($"{value}")))];

    /// <summary>Of a single value.</summary>
    public ReadOnlySpan<byte> Of(TEnum value)
    {
        foreach (var (known, word) in _words)
        {
            if (BitsOf(known) == BitsOf(value))
                return word;
        }

        return "Unknown"u8;
    }

    /// <summary>Of all flags that are set, with commas between them; of none, the word for 0.</summary>
    public Reply AddFlags(Reply reply, TEnum flags)
    {
        if (BitsOf(flags) == 0)
            return reply.Add(Of(flags));
        bool isFirst = true;
        foreach (var (known, word) in _words)
        {
            if ((BitsOf(known) & BitsOf(flags)) == 0)
                continue;
            reply = isFirst ? reply.Add(word) : reply.Add(","u8).Add(word);
            isFirst = false;
        }

        return reply;
    }

    /// <summary>All enumerations named here are of 32 bits.</summary>
    private static uint BitsOf(TEnum value) => Unsafe.BitCast<TEnum, uint>(value);
}
