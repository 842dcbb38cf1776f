using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Chips;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Devices.Tests.Chips;

public sealed class Ina219Tests
{
    private readonly EmulatedI2cBus _bus = new("i2c-1", 400_000);
    private readonly EmulatedIna219 _chip = new(0x41);
    private readonly WireLog _log = new();
    private readonly Ina219 _supply;

    public Ina219Tests()
    {
        _bus.Attach(_chip);
        _chip.SetBusVoltage(24.0);
        _supply = new Ina219(_log.Listen(_bus), 0x41);
    }

    [Fact]
    public void Configure_resets_checks_and_configures()
    {
        _supply.Configure();
        Assert.Equal(["41 w 00 80 00", "41 w 00 r 39 9F", "41 w 00 39 9F"], _log.Take());
    }

    [Fact]
    public void The_bus_voltage_is_above_its_status_bits()
    {
        Assert.Equal(ChannelStatus.Fresh, _supply.ReadBus(out int counts));
        Assert.Equal(["41 w 02 r BB 82"], _log.Take());
        Assert.Equal(6000, counts);
        Assert.Equal(24.0, Ina219.BusVoltage(counts), 1e-12);
    }

    [Theory]
    [InlineData(0.0123, 1230)]
    [InlineData(-0.0123, -1230)]
    [InlineData(-0.32, -32000)]
    public void The_shunt_voltage_is_signed(double volts, int expected)
    {
        _chip.SetShuntVoltage(volts);
        Assert.Equal(ChannelStatus.Fresh, _supply.ReadShunt(out int counts));
        Assert.Equal(expected, counts);
        Assert.Equal(volts, Ina219.ShuntVoltage(counts), 1e-9);
    }

    [Fact]
    public void Stuck_lines_and_a_silent_chip_are_told_apart()
    {
        _bus.Stick(0x41, 0xFF, 1);
        Assert.Equal(ChannelStatus.OutOfRange, _supply.ReadBus(out _));
        _bus.Stick(0x41, 0x00, 1);
        Assert.Equal(ChannelStatus.OutOfRange, _supply.ReadBus(out _));
        _bus.Fail(0x41, BusResult.Nak, 2);
        Assert.Equal(ChannelStatus.BusError, _supply.ReadBus(out _));
        Assert.Equal(ChannelStatus.BusError, _supply.ReadShunt(out _));
    }

    [Fact]
    public void A_supply_that_is_off_is_a_reading_not_a_fault()
    {
        _chip.SetBusVoltage(0.0);
        Assert.Equal(ChannelStatus.Fresh, _supply.ReadBus(out int counts));
        Assert.Equal(0, counts);
    }

    [Fact]
    public void Configure_tells_another_chip_at_its_address_from_none()
    {
        _bus.Stick(0x41, 0x00, 1);
        Assert.StartsWith(
            "I2C bus i2c-1, address 0x41, INA219 (supply): found configuration 0x0000 after reset, expected 0x399F",
            Assert.Throws<HardwareException>(_supply.Configure).Message,
            StringComparison.Ordinal);
        _bus.Fail(0x41, BusResult.Timeout, 1);
        Assert.Contains("found no end of the transfer (Timeout)", Assert.Throws<HardwareException>(_supply.Configure).Message, StringComparison.Ordinal);
    }
}
