using System.Device.I2c;
using LiquidControl.Devices.Buses;

namespace LiquidControl.Devices.Tests.Buses;

/// <summary>System.Device.Gpio's I2cDevice over an emulated bus, failing as its Unix driver does.</summary>
internal sealed class FakeI2cDevice(II2cBus bus, int address) : I2cDevice
{
    public override I2cConnectionSettings ConnectionSettings { get; } = new(1, address);

    public override void Read(Span<byte> buffer) => Check(bus.Transfer(address, [], buffer));

    public override void Write(ReadOnlySpan<byte> buffer) => Check(bus.Transfer(address, buffer, []));

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) =>
        Check(bus.Transfer(address, writeBuffer, readBuffer));

    private static void Check(BusResult result)
    {
        if (result != BusResult.Ok)
        {
            throw new IOException($"Error {LinuxErrors.Number(result)} performing I2C data transfer.");
        }
    }
}
