using System.Diagnostics;
using LiquidControl.Control;
using LiquidControl.Devices.Linux;

namespace LiquidControl.Devices.Buses;

/// <summary>
/// <see cref="ISpiBus"/> over the kernel's /dev/spidevB.C: one SPI_IOC_MESSAGE a call, however many frames it has, nothing allocated and nothing thrown, on errors
/// neither.
/// </summary>
public sealed unsafe class IoctlSpiBus : ISpiBus, IDisposable
{
    private const int BitsPerWord = 8;

    private readonly DeviceFile _file;
    private long _busyTicks;

    /// <param name="path">The node.</param>
    /// <param name="mode">Clock polarity and phase, 0 to 3.</param>
    /// <param name="clockHz">Fastest clock, Hz.</param>
    /// <exception cref="HardwareException">The node cannot be opened, or does not keep what it was told.</exception>
    public IoctlSpiBus(string path, int mode, int clockHz)
    {
        Name = Path.GetFileName(path);
        _file = DeviceFile.Open(
            "SPI bus", path, "Switch the bus on (Raspberry Pi: dtparam=spi=on, dtoverlay=spi1-1cs in config.txt) and load spidev (modprobe spidev)");
        try
        {
            byte modeBits = (byte)mode, wordBits = BitsPerWord;
            uint speed = (uint)clockHz;
            Require(path, "mode", SpiDev.WriteMode, SpiDev.ReadMode, &modeBits, 1);
            Require(path, "bits a word", SpiDev.WriteBitsPerWord, SpiDev.ReadBitsPerWord, &wordBits, 1);
            Require(path, "clock, Hz", SpiDev.WriteMaxSpeed, SpiDev.ReadMaxSpeed, (byte*)&speed, sizeof(uint));
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public string Name { get; }

    public long BusyNs => MonotonicTicks.ToNanoseconds(_busyTicks);

    public BusResult Transfer(ReadOnlySpan<byte> write, Span<byte> read, int frameLength)
    {
        if (!ISpiBus.AreFrames(write, read, frameLength))
        {
            return BusResult.Refused;
        }

        fixed (byte* written = write, heard = read)
        {
            int count = write.Length / frameLength;
            SpiTransfer* frames = stackalloc SpiTransfer[count];
            for (int i = 0; i < count; i++)
            {
                // Set on the last one it would keep the chip selected after the call.
                byte release = i < count - 1 ? (byte)1 : (byte)0;
                ulong at = (ulong)(i * frameLength);
                frames[i] = new() { Write = (ulong)written + at, Read = (ulong)heard + at, Length = (uint)frameLength, ChipSelectChange = release };
            }

            long start = Stopwatch.GetTimestamp();
            int result = _file.Control(SpiDev.Message(count), frames);
            _busyTicks += Stopwatch.GetTimestamp() - start;
            return result < 0 ? Errno.Result(-result) : result == write.Length ? BusResult.Ok : BusResult.ShortTransfer;
        }
    }

    public void Dispose() => _file.Dispose();

    private void Require(string path, string setting, uint writing, uint reading, byte* value, int size)
    {
        uint wanted = size == 1 ? *value : *(uint*)value;
        int result = _file.Control(writing, value);
        uint kept = 0;
        if (result >= 0)
        {
            result = _file.Control(reading, &kept);
        }

        if (result < 0 || kept != wanted)
        {
            string found = result < 0 ? DeviceFile.Text(-result) : $"{kept}";
            throw new HardwareException(
                $"SPI bus {path}, {setting}: found {found} after setting it, expected {wanted}. "
                + "Choose what this controller can do, or another bus.");
        }
    }
}
