using System.Diagnostics;
using System.Text;
using LiquidControl.Control;
using LiquidControl.Devices.Linux;

namespace LiquidControl.Devices.Buses;

/// <summary>
/// <see cref="IGpioLines"/> over one line request of the kernel's /dev/gpiochipN: all lines of a call change at once, nothing is allocated
/// and nothing thrown, on errors neither. Inputs get the chip's pull-up.
/// </summary>
public sealed unsafe class IoctlGpioLines : IGpioLines, IDisposable
{
    private const int MaxLines = 32;

    private readonly DeviceFile _request;
    private readonly uint _lines;
    private readonly uint _outputs;
    private long _busyTicks;

    /// <param name="path">The chip's node.</param>
    /// <param name="lines">At most 32.</param>
    /// <param name="consumer">Who holds the lines, as gpioinfo shows it; at most 31 characters.</param>
    /// <exception cref="HardwareException">The chip cannot be opened, or does not give the lines.</exception>
    public IoctlGpioLines(string path, ReadOnlySpan<GpioLine> lines, string consumer = "liquidcontrol")
    {
        Name = Path.GetFileName(path);
        if (lines.Length is 0 or > MaxLines)
        {
            throw new ArgumentException($"GPIO chip {Name}: {lines.Length} lines found, expected 1 to {MaxLines}.", nameof(lines));
        }

        GpioLineRequest request = default;
        ulong high = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            request.Offsets[i] = (uint)lines[i].Offset;
            _lines |= 1u << i;
            _outputs |= lines[i].IsOutput ? 1u << i : 0;
            high |= lines[i].IsOutput && lines[i].InitiallyHigh ? 1u << i : 0;
        }

        request.LineCount = (uint)lines.Length;
        request.Config.Flags = GpioDev.Input | GpioDev.PullUp;
        request.Config.AttributeCount = 2;
        request.Config.Attributes[0] = Attribute(GpioDev.FlagsAttribute, GpioDev.Output, _outputs);
        request.Config.Attributes[1] = Attribute(GpioDev.OutputValuesAttribute, high, _outputs);
        Encoding.ASCII.GetBytes(consumer.AsSpan(0, Math.Min(consumer.Length, GpioDev.NameLength - 1)), new Span<byte>(request.Consumer, GpioDev.NameLength));
        _request = Request(path, &request);
    }

    public string Name { get; }

    public long BusyNs => MonotonicTicks.ToNanoseconds(_busyTicks);

    public BusResult Write(uint values, uint mask)
    {
        if ((mask & ~_outputs) != 0)
        {
            return BusResult.Refused;
        }

        if (mask == 0)
        {
            return BusResult.Ok;
        }

        GpioLineValues lines = new() { Bits = values, Mask = mask };
        return Control(GpioDev.SetValues, &lines);
    }

    public BusResult Read(out uint values)
    {
        GpioLineValues lines = new() { Mask = _lines };
        BusResult result = Control(GpioDev.GetValues, &lines);
        values = result == BusResult.Ok ? (uint)lines.Bits : 0;
        return result;
    }

    public void Dispose() => _request.Dispose();

    private static GpioLineConfigAttribute Attribute(uint id, ulong value, ulong mask) =>
        new() { Attribute = new() { Id = id, Value = value }, Mask = mask };

    private static DeviceFile Request(string path, GpioLineRequest* request)
    {
        using DeviceFile chip = DeviceFile.Open("GPIO chip", path, "Check that the kernel has the chip's driver and GPIO character devices (CONFIG_GPIO_CDEV)");
        int result = chip.Control(GpioDev.GetLine, request);
        if (result >= 0)
        {
            return DeviceFile.Of(request->Descriptor);
        }

        string remedy = -result switch
        {
            Errno.Busy => "Another process or a kernel driver holds one of them: `gpioinfo` says which.",
            Errno.NoSystemCall or Errno.NotATerminal => "For the emulated chip, start this program with `liquidcontrol hil exec -- program`.",
            _ => "Check the line numbers against the wiring and the chip's number of lines.",
        };
        var offsets = new ReadOnlySpan<uint>(request->Offsets, (int)request->LineCount);
        throw new HardwareException(
            $"GPIO chip {path}: found {DeviceFile.Text(-result)}, expected the lines {string.Join(", ", offsets.ToArray())} to be free for us. {remedy}");
    }

    private BusResult Control(uint request, GpioLineValues* lines)
    {
        long start = Stopwatch.GetTimestamp();
        int result = _request.Control(request, lines);
        _busyTicks += Stopwatch.GetTimestamp() - start;
        return result < 0 ? Errno.Result(-result) : BusResult.Ok;
    }
}
