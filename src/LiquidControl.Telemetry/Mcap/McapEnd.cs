namespace LiquidControl.Telemetry.Mcap;

/// <summary>How a file ended.</summary>
/// <param name="IsWhole">Whether it was closed; else it was cut off, for instance by a loss of power.</param>
/// <param name="Offset">Of the first byte that could not be used; the file's length for a whole one.</param>
/// <param name="Reason">In words, of a file that was cut off; empty for a whole one.</param>
public sealed record McapEnd(bool IsWhole, long Offset, string Reason);
