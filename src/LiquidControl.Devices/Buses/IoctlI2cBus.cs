using System.Diagnostics;
using LiquidControl.Control;
using LiquidControl.Devices.Linux;

namespace LiquidControl.Devices.Buses;

/// <summary>
/// <see cref="II2cBus"/> over the kernel's /dev/i2c-N: one I2C_RDWR a transfer, nothing allocated and nothing thrown, on errors neither. The
/// adapter is told to give up after 10 ms and not to try again by itself: its own second of patience would outlast the arm's monostable.
/// </summary>
public sealed unsafe class IoctlI2cBus : II2cBus, IDisposable
{
    private const int TimeoutIn10Ms = 1;

    private readonly DeviceFile _file;
    private long _busyTicks;

    /// <summary>Throws <see cref="HardwareException"/>.</summary>
    public IoctlI2cBus(string path)
    {
        Name = Path.GetFileName(path);
        _file = DeviceFile.Open(
            "I2C bus", path, "Switch the bus on (Raspberry Pi: dtparam=i2c_arm=on in config.txt) and load i2c-dev (modprobe i2c-dev)");
        nuint functions;
        int result = _file.Control(I2cDev.Functions, &functions);
        if (result < 0 || (functions & I2cDev.PlainI2c) == 0)
        {
            _file.Dispose();
            string found = result < 0 ? DeviceFile.Text(-result) : $"an adapter with the functions 0x{functions:X8}";
            throw new HardwareException(
                $"I2C bus {path}: found {found}, expected an adapter with I2C_FUNC_I2C (bit 0). Choose a bus that does plain I2C, not SMBus only.");
        }

        // An adapter without such settings keeps its own; nothing follows from it that a transfer's result would not say.
        _file.Control(I2cDev.Timeout, (void*)TimeoutIn10Ms);
        _file.Control(I2cDev.Retries, null);
    }

    public string Name { get; }

    public long BusyNs => MonotonicTicks.ToNanoseconds(_busyTicks);

    public BusResult Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        bool tooLong = write.Length > I2cDev.MaxMessageLength || read.Length > I2cDev.MaxMessageLength;
        if (!I2cAddress.IsValid(address) || (write.IsEmpty && read.IsEmpty) || tooLong)
        {
            return BusResult.Refused;
        }

        fixed (byte* written = write, heard = read)
        {
            I2cMessage* messages = stackalloc I2cMessage[2];
            I2cTransaction transaction = new() { Messages = messages };
            if (!write.IsEmpty)
            {
                messages[transaction.Count++] = Message(address, 0, written, write.Length);
            }

            if (!read.IsEmpty)
            {
                messages[transaction.Count++] = Message(address, I2cDev.ReadFlag, heard, read.Length);
            }

            long start = Stopwatch.GetTimestamp();
            int result = _file.Control(I2cDev.Transfer, &transaction);
            _busyTicks += Stopwatch.GetTimestamp() - start;
            return result < 0 ? Errno.Result(-result) : result == transaction.Count ? BusResult.Ok : BusResult.ShortTransfer;
        }
    }

    public void Dispose() => _file.Dispose();

    private static I2cMessage Message(int address, ushort flags, byte* buffer, int length) =>
        new() { Address = (ushort)address, Flags = flags, Buffer = buffer, Length = (ushort)length };
}
