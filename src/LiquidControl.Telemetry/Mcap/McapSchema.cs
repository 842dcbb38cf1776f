namespace LiquidControl.Telemetry.Mcap;

/// <summary>What a message holds.</summary>
/// <param name="Name">Of the message's type.</param>
/// <param name="Encoding">How the schema is written, such as <c>protobuf</c>.</param>
/// <param name="Data">The schema.</param>
/// <param name="Offset">Where it was read from, bytes from the start of the file; 0 for one that is to be written.</param>
public sealed record McapSchema(string Name, string Encoding, byte[] Data, long Offset = 0)
{
    /// <summary>Whether another says the same, wherever it stands.</summary>
    internal bool IsSame(McapSchema other) =>
        Name == other.Name && Encoding == other.Encoding && Data.AsSpan().SequenceEqual(other.Data);
}
