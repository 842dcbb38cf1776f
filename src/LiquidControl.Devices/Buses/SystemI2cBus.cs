using System.Device.I2c;
using System.Diagnostics;
using LiquidControl.Devices.Linux;

namespace LiquidControl.Devices.Buses;

/// <summary>
/// <see cref="II2cBus"/> over System.Device.Gpio. Its Unix path allocates nothing on success; on error it throws an IOException, which is
/// caught here and turned into a result, so an error costs some hundred bytes of garbage.
/// </summary>
public sealed class SystemI2cBus : II2cBus
{
    private readonly I2cDevice?[] _devices = new I2cDevice?[I2cAddress.Last + 1];
    private long _busyTicks;

    /// <param name="name">For error messages.</param>
    /// <param name="devices">One for each address in use on this bus.</param>
    public SystemI2cBus(string name, params ReadOnlySpan<I2cDevice> devices)
    {
        Name = name;
        foreach (I2cDevice device in devices)
        {
            int address = device.ConnectionSettings.DeviceAddress;
            if (!I2cAddress.IsValid(address))
            {
                throw new ArgumentException($"I2C bus {name}: address 0x{address:X2} found, expected 0x03 to 0x77.", nameof(devices));
            }

            _devices[address] = device;
        }
    }

    public string Name { get; }

    public long BusyNs => MonotonicTicks.ToNanoseconds(_busyTicks);

    public BusResult Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        if (!I2cAddress.IsValid(address) || (write.IsEmpty && read.IsEmpty))
        {
            return BusResult.Refused;
        }

        I2cDevice? device = _devices[address];
        if (device is null)
        {
            return BusResult.NoDevice;
        }

        long start = Stopwatch.GetTimestamp();
        BusResult result = Transfer(device, write, read);
        _busyTicks += Stopwatch.GetTimestamp() - start;
        return result;
    }

    private static BusResult Transfer(I2cDevice device, ReadOnlySpan<byte> write, Span<byte> read)
    {
        try
        {
            if (read.IsEmpty)
            {
                device.Write(write);
            }
            else if (write.IsEmpty)
            {
                device.Read(read);
            }
            else
            {
                device.WriteRead(write, read);
            }

            return BusResult.Ok;
        }
        catch (IOException error)
        {
            return Errno.Result(error);
        }
    }
}
