using LiquidControl.Control;
using LiquidControl.Devices.Buses;

namespace LiquidControl.Devices.Chips;

/// <summary>
/// Microchip MCP3008, eight 10-bit analogue inputs (SPI mode 0, at most 1.35 MHz at 2.7 V). Frame: datasheet DS21295D, figure 6-1
/// ("SPI communication using 8-bit segments"): start bit, single-ended and channel, then a null bit and ten data bits.
/// </summary>
public sealed class Mcp3008(ISpiBus bus)
{
    public const int ChannelCount = 8;

    public const int MaxCounts = 1023;

    private const string Chip = "MCP3008 (motor currents)";

    private const int FrameLength = 3;
    private const byte StartBit = 0x01;
    private const int SingleEnded = 8;
    private const int NullBit = 0x04;

    /// <summary>Requires an answer of every channel up to <paramref name="channels"/>. Throws <see cref="HardwareException"/>.</summary>
    public void Configure(int channels)
    {
        int[] counts = new int[channels];
        ChannelStatus[] status = new ChannelStatus[channels];
        BusResult result = Read([.. Enumerable.Range(0, channels).Select(channel => (byte)channel)], counts, status);
        if (result != BusResult.Ok)
        {
            throw ChipError.At(
                bus, Chip, ChipError.Found(result), "a transfer",
                "Check that the second SPI controller is enabled in the device tree and that this user may open it.");
        }

        int channel = Array.FindIndex(status, found => found != ChannelStatus.Fresh);
        if (channel >= 0)
        {
            throw ChipError.At(
                bus, $"{Chip}, channel {channel}", $"a null bit of 1 and 0x{counts[channel]:X3}", "a null bit of 0 before the ten data bits",
                "Check the supply, CS and that MISO is not stuck high.");
        }
    }

    /// <summary>
    /// One conversion of each of some channels, in one call of the bus. OutOfRange when the null bit is not 0, which a stuck line gives.
    /// </summary>
    /// <param name="channels">0 to 7, at most eight.</param>
    /// <param name="counts">Of each, 0 to 1023 of the reference.</param>
    /// <param name="status">Of each; BusError in all when the call failed.</param>
    public BusResult Read(ReadOnlySpan<byte> channels, Span<int> counts, Span<ChannelStatus> status)
    {
        Span<byte> asked = stackalloc byte[FrameLength * ChannelCount], reply = stackalloc byte[FrameLength * ChannelCount];
        asked = asked[..(FrameLength * channels.Length)];
        reply = reply[..asked.Length];
        for (int i = 0; i < channels.Length; i++)
        {
            Span<byte> frame = asked.Slice(FrameLength * i, FrameLength);
            frame[0] = StartBit;
            frame[1] = (byte)((SingleEnded | channels[i]) << 4);
            frame[2] = 0;
        }

        BusResult result = bus.Transfer(asked, reply, FrameLength);
        for (int i = 0; i < channels.Length; i++)
        {
            ReadOnlySpan<byte> frame = reply.Slice(FrameLength * i, FrameLength);
            counts[i] = (frame[1] & 0x03) << 8 | frame[2];
            status[i] = result != BusResult.Ok ? ChannelStatus.BusError
                : (frame[1] & NullBit) != 0 ? ChannelStatus.OutOfRange
                : ChannelStatus.Fresh;
        }

        return result;
    }
}
