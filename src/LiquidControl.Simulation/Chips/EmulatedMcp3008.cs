namespace LiquidControl.Simulation.Chips;

/// <summary>MCP3008: a start bit, single-ended and the channel, then a null bit and ten bits. Undriven bits read as ones.</summary>
public sealed class EmulatedMcp3008 : IEmulatedSpiChip
{
    private const int ChannelCount = 8;
    private const int MaxCounts = 1023;

    private readonly int[] _counts = new int[ChannelCount];

    /// <summary>Counts, limited to what the converter can give.</summary>
    public void SetCounts(int channel, int counts) => _counts[channel] = Math.Clamp(counts, 0, MaxCounts);

    public void Exchange(ReadOnlySpan<byte> write, Span<byte> read)
    {
        read.Fill(0xFF);
        bool singleEnded = write.Length == 3 && write[0] == 0x01 && (write[1] & 0x80) != 0;
        if (singleEnded)
        {
            int counts = _counts[write[1] >> 4 & 7];
            read[1] = (byte)(0xF8 | counts >> 8);
            read[2] = (byte)counts;
        }
    }
}
