using LiquidControl.Devices.Buses;
using Xunit;

namespace LiquidControl.Devices.Tests.Buses;

public sealed class EmulatedI2cBusConformanceTests : I2cBusConformance
{
    protected override II2cBus Bus => Board.I2c;
}

public sealed class SystemI2cBusConformanceTests : I2cBusConformance
{
    public SystemI2cBusConformanceTests() =>
        Bus = new SystemI2cBus(
            "i2c-1", new FakeI2cDevice(Board.I2c, 0x40), new FakeI2cDevice(Board.I2c, 0x41), new FakeI2cDevice(Board.I2c, 0x68));

    protected override II2cBus Bus { get; }

    [Fact]
    public void A_device_at_an_impossible_address_is_an_error_that_says_so()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new SystemI2cBus("i2c-1", new FakeI2cDevice(Board.I2c, 0x7F)));
        Assert.Contains("i2c-1: address 0x7F found, expected 0x03 to 0x77", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_without_an_error_number_is_an_error_without_a_name()
    {
        SystemI2cBus bus = new("i2c-1", new SilentI2cDevice());
        Assert.Equal(BusResult.IoError, bus.Transfer(0x20, [0x00], []));
    }

    private sealed class SilentI2cDevice : System.Device.I2c.I2cDevice
    {
        public override System.Device.I2c.I2cConnectionSettings ConnectionSettings { get; } = new(1, 0x20);

        public override void Read(Span<byte> buffer) => throw new IOException("Something broke");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Error reading the weather");

        public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => throw new IOException("Error ");
    }
}
