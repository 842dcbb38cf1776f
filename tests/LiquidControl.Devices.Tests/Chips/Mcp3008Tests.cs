using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Chips;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Devices.Tests.Chips;

public sealed class Mcp3008Tests
{
    private readonly EmulatedMcp3008 _chip = new();
    private readonly EmulatedSpiBus _bus;
    private readonly WireLog _log = new();
    private readonly Mcp3008 _converter;

    public Mcp3008Tests()
    {
        _bus = new EmulatedSpiBus("spi1.0", 1_350_000, _chip);
        _converter = new Mcp3008(_log.Listen(_bus));
    }

    [Theory]
    [InlineData(0, 0, "w 01 80 00 r FF F8 00")]
    [InlineData(3, 0x2A5, "w 01 B0 00 r FF FA A5")]
    [InlineData(7, 1023, "w 01 F0 00 r FF FB FF")]
    public void A_channel_is_asked_for_and_its_ten_bits_are_cut_out(int channel, int counts, string wire)
    {
        _chip.SetCounts(channel, counts);
        Assert.Equal(BusResult.Ok, Read(channel, out int read, out ChannelStatus status));
        Assert.Equal(ChannelStatus.Fresh, status);
        Assert.Equal(counts, read);
        Assert.Equal([wire], _log.Take());
    }

    [Fact]
    public void Six_channels_are_six_frames_of_one_call_and_take_107_microseconds()
    {
        _chip.SetCounts(5, 0x155);
        int[] counts = new int[6];
        Assert.Equal(BusResult.Ok, _converter.Read([5, 0, 1, 2, 3, 4], counts, new ChannelStatus[6]));
        Assert.Equal(0x155, counts[0]);
        Assert.Equal(1, _log.SpiCalls);
        Assert.Equal(6 * 24 * 1_000_000_000L / 1_350_000, _bus.BusyNs);
        Assert.Equal(107, _bus.BusyNs / 1e3, 0.5);
    }

    [Fact]
    public void A_line_stuck_high_is_out_of_range_by_its_null_bit()
    {
        _bus.Stick(0xFF, 1);
        Read(0, out _, out ChannelStatus status);
        Assert.Equal(ChannelStatus.OutOfRange, status);
    }

    [Fact]
    public void A_failed_transfer_is_a_bus_error()
    {
        _bus.Fail(BusResult.Timeout, 1);
        Assert.Equal(BusResult.Timeout, Read(0, out _, out ChannelStatus status));
        Assert.Equal(ChannelStatus.BusError, status);
    }

    [Fact]
    public void Configure_names_the_channel_and_the_bus()
    {
        _bus.Stick(0xFF, BusFaults.UntilCleared);
        Assert.StartsWith(
            "SPI bus spi1.0, MCP3008 (motor currents), channel 0: found a null bit of 1",
            Assert.Throws<HardwareException>(() => _converter.Configure(6)).Message,
            StringComparison.Ordinal);
        _bus.Fail(BusResult.IoError, 1);
        Assert.Contains("found IoError, expected a transfer", Assert.Throws<HardwareException>(() => _converter.Configure(6)).Message, StringComparison.Ordinal);
    }

    private BusResult Read(int channel, out int counts, out ChannelStatus status)
    {
        Span<int> read = stackalloc int[1];
        Span<ChannelStatus> found = stackalloc ChannelStatus[1];
        BusResult result = _converter.Read([(byte)channel], read, found);
        (counts, status) = (read[0], found[0]);
        return result;
    }
}
