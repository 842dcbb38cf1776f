using LiquidControl.Devices.Buses;

namespace LiquidControl.Devices.Tests;

/// <summary>What went over the wires, in order, as hexadecimal text: the buses of a board with a listener on them.</summary>
internal sealed class WireLog
{
    public List<string> Entries { get; } = [];

    /// <summary>Calls of SPI buses; each may have several entries, one a frame.</summary>
    public int SpiCalls { get; private set; }

    public II2cBus Listen(II2cBus bus) => new I2cTap(this, bus);

    public ISpiBus Listen(ISpiBus bus) => new SpiTap(this, bus);

    public IGpioLines Listen(IGpioLines lines) => new GpioTap(this, lines);

    /// <summary>The entries since the last call.</summary>
    public string[] Take()
    {
        string[] taken = [.. Entries];
        Entries.Clear();
        return taken;
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => string.Join(' ', Convert.ToHexString(bytes).Chunk(2).Select(pair => new string(pair)));

    private sealed class I2cTap(WireLog log, II2cBus bus) : II2cBus
    {
        public string Name => bus.Name;

        public long BusyNs => bus.BusyNs;

        public BusResult Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read)
        {
            BusResult result = bus.Transfer(address, write, read);
            string text = $"{address:X2} w {Hex(write)}";
            text = read.IsEmpty ? text : $"{text} r {Hex(read)}";
            log.Entries.Add(result == BusResult.Ok ? text : $"{text} {result}");
            return result;
        }
    }

    private sealed class SpiTap(WireLog log, ISpiBus bus) : ISpiBus
    {
        public string Name => bus.Name;

        public long BusyNs => bus.BusyNs;

        public BusResult Transfer(ReadOnlySpan<byte> write, Span<byte> read, int frameLength)
        {
            BusResult result = bus.Transfer(write, read, frameLength);
            log.SpiCalls++;
            for (int at = 0; at < write.Length; at += frameLength)
            {
                log.Entries.Add($"w {Hex(write.Slice(at, frameLength))} r {Hex(read.Slice(at, frameLength))}");
            }

            return result;
        }
    }

    private sealed class GpioTap(WireLog log, IGpioLines lines) : IGpioLines
    {
        public string Name => lines.Name;

        public long BusyNs => lines.BusyNs;

        public BusResult Write(uint values, uint mask)
        {
            BusResult result = lines.Write(values, mask);
            log.Entries.Add($"lines {values & mask:X3} of {mask:X3}" + (result == BusResult.Ok ? "" : $" {result}"));
            return result;
        }

        public BusResult Read(out uint values) => lines.Read(out values);
    }
}
