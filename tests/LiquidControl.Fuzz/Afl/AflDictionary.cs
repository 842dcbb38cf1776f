using System.Globalization;
using System.Text;

namespace LiquidControl.Fuzz.Afl;

/// <summary>A target's words as a dictionary of afl-fuzz: a quoted string a line.</summary>
internal static class AflDictionary
{
    public static string Of(FuzzTarget target) => string.Concat(target.Words.Select(word => $"\"{Escaped(word)}\"\n"));

    private static string Escaped(string word)
    {
        StringBuilder escaped = new();
        foreach (byte value in Encoding.Latin1.GetBytes(word))
        {
            if (value is >= 0x20 and < 0x7f and not (byte)'"' and not (byte)'\\') escaped.Append((char)value);
            else escaped.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
        }

        return escaped.ToString();
    }
}
