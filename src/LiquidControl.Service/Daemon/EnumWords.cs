using System.Text;

namespace LiquidControl.Service.Daemon;

/// <summary>The words of an enumeration as bytes, made once: naming one later allocates nothing.</summary>
internal sealed class EnumWords<TEnum>
    where TEnum : struct, Enum
{
    private readonly (TEnum Value, byte[] Word)[] _words = [.. Enum.GetValues<TEnum>().Select(value => (value, Encoding.UTF8.GetBytes($"{value}")))];

    /// <summary>Of a single value; of several flags at once, `Several`.</summary>
    public ReadOnlySpan<byte> Of(TEnum value)
    {
        foreach (var (known, word) in _words)
        {
            if (EqualityComparer<TEnum>.Default.Equals(known, value))
                return word;
        }

        return "Several"u8;
    }
}
