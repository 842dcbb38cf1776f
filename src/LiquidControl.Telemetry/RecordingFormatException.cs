namespace LiquidControl.Telemetry;

/// <summary>A file that cannot be used as a recording; the message says where, what was found and expected, and what to do.</summary>
public sealed class RecordingFormatException(string file, long offset, string found, string expected, string remedy)
    : IOException($"{file}: byte {offset}: found {Shown(found)}, expected {expected}. {remedy}")
{
    private const int LongestShown = 500;

    /// <summary>Of the first byte that is wrong, from the start of the file.</summary>
    public long Offset { get; } = offset;

    /// <summary>What was found may be as long as the file, and hold what a terminal would obey.</summary>
    private static string Shown(string found)
    {
        string shortened = found.Length <= LongestShown ? found : found[..LongestShown] + "…";
        return string.Concat(shortened.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
    }
}
