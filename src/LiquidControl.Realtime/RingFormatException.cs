namespace LiquidControl.Realtime;

/// <summary>A file that cannot be used as a ring; the message says which, what was found and expected, and what to do.</summary>
public sealed class RingFormatException(string path, string what, string found, string expected, string fix)
    : IOException($"{path}: {what}: found {found}, expected {expected}. {fix}");
