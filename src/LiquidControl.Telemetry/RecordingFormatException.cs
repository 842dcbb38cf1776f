namespace LiquidControl.Telemetry;

/// <summary>A file that cannot be used as a recording; the message says where, what was found and expected, and what to do.</summary>
public sealed class RecordingFormatException(string file, long offset, string found, string expected, string remedy)
    : IOException($"{file}: byte {offset}: found {found}, expected {expected}. {remedy}")
{
    /// <summary>Of the first byte that is wrong, from the start of the file.</summary>
    public long Offset { get; } = offset;
}
