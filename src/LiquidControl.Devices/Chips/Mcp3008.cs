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

    private const int NullBit = 0x04;

    /// <summary>Requires an answer of every channel up to <paramref name="channels"/>. Throws <see cref="HardwareException"/>.</summary>
    public void Configure(int channels)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            BusResult result = Read(channel, out int counts, out ChannelStatus status);
            if (result != BusResult.Ok)
            {
                throw ChipError.At(
                    bus, Chip, ChipError.Found(result), "a transfer",
                    "Check that the second SPI controller is enabled in the device tree and that this user may open it.");
            }

            if (status != ChannelStatus.Fresh)
            {
                throw ChipError.At(
                    bus, $"{Chip}, channel {channel}", $"a null bit of 1 and 0x{counts:X3}", "a null bit of 0 before the ten data bits",
                    "Check the supply, CS and that MISO is not stuck high.");
            }
        }
    }

    /// <summary>One conversion, 0 to 1023 counts of the reference. OutOfRange when the null bit is not 0, which a stuck line gives.</summary>
    public BusResult Read(int channel, out int counts, out ChannelStatus status)
    {
        Span<byte> reply = stackalloc byte[3];
        BusResult result = bus.Transfer([0x01, (byte)((8 | channel) << 4), 0x00], reply);
        counts = (reply[1] & 0x03) << 8 | reply[2];
        status = result != BusResult.Ok ? ChannelStatus.BusError
            : (reply[1] & NullBit) != 0 ? ChannelStatus.OutOfRange
            : ChannelStatus.Fresh;
        return result;
    }
}
