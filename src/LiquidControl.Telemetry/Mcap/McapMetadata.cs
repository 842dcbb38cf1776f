namespace LiquidControl.Telemetry.Mcap;

/// <summary>What a record of a file's metadata says.</summary>
/// <param name="Offset">Where its entries begin, bytes from the start of the file.</param>
/// <param name="Entries">By key.</param>
public sealed record McapMetadata(long Offset, IReadOnlyDictionary<string, McapText> Entries);

/// <summary>A text of a file.</summary>
/// <param name="Value">The text.</param>
/// <param name="Offset">Of its length, which stands before it, bytes from the start of the file.</param>
public readonly record struct McapText(string Value, long Offset);
