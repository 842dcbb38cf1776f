using System.Device.Spi;
using System.Diagnostics;
using LiquidControl.Devices.Linux;

namespace LiquidControl.Devices.Buses;

/// <summary>
/// <see cref="ISpiBus"/> over System.Device.Gpio. Allocation-free on success; an error is caught as IOException and costs some garbage.
/// </summary>
public sealed class SystemSpiBus(string name, SpiDevice device) : ISpiBus
{
    private long _busyTicks;

    public string Name { get; } = name;

    public long BusyNs => MonotonicTicks.ToNanoseconds(_busyTicks);

    public BusResult Transfer(ReadOnlySpan<byte> write, Span<byte> read, int frameLength)
    {
        if (!ISpiBus.AreFrames(write, read, frameLength))
        {
            return BusResult.Refused;
        }

        long start = Stopwatch.GetTimestamp();
        BusResult result;
        try
        {
            for (int at = 0; at < write.Length; at += frameLength)
            {
                device.TransferFullDuplex(write.Slice(at, frameLength), read.Slice(at, frameLength));
            }

            result = BusResult.Ok;
        }
        catch (IOException error)
        {
            result = Errno.Result(error);
        }

        _busyTicks += Stopwatch.GetTimestamp() - start;
        return result;
    }
}
