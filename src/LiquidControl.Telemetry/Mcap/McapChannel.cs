namespace LiquidControl.Telemetry.Mcap;

/// <summary>A stream of messages of one kind.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="MessageEncoding">How a message is written, such as <c>protobuf</c>.</param>
/// <param name="Schema">What a message holds.</param>
/// <param name="Metadata">What else is said of it.</param>
public sealed record McapChannel(string Topic, string MessageEncoding, McapSchema Schema, IReadOnlyDictionary<string, string> Metadata);
