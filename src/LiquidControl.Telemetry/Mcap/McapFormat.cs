namespace LiquidControl.Telemetry.Mcap;

/// <summary>Sizes of the format, https://mcap.dev/spec.</summary>
internal static class McapFormat
{
    /// <summary>Opcode and length of a record.</summary>
    public const int PrefixBytes = 1 + sizeof(ulong);

    public const int FooterBytes = 2 * sizeof(ulong) + sizeof(uint);

    /// <summary>First and last in a file.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'M', (byte)'C', (byte)'A', (byte)'P', (byte)'0', (byte)'\r', (byte)'\n'];
}
