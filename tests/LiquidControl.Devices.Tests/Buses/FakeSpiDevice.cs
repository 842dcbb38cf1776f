using System.Device.Spi;
using LiquidControl.Devices.Buses;

namespace LiquidControl.Devices.Tests.Buses;

/// <summary>System.Device.Gpio's SpiDevice over an emulated bus, failing as its Unix driver does.</summary>
internal sealed class FakeSpiDevice(ISpiBus bus) : SpiDevice
{
    public override SpiConnectionSettings ConnectionSettings { get; } = new(0, 0);

    public override void Read(Span<byte> buffer) => TransferFullDuplex(new byte[buffer.Length], buffer);

    public override void Write(ReadOnlySpan<byte> buffer) => TransferFullDuplex(buffer, new byte[buffer.Length]);

    public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        BusResult result = bus.Transfer(writeBuffer, readBuffer, writeBuffer.Length);
        if (result != BusResult.Ok)
        {
            throw new IOException($"Error {LinuxErrors.Number(result)} performing SPI data transfer.");
        }
    }
}
