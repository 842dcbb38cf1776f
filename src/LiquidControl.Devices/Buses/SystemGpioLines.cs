using System.Device.Gpio;
using System.Diagnostics;
using LiquidControl.Control;
using LiquidControl.Devices.Linux;

namespace LiquidControl.Devices.Buses;

/// <summary>
/// <see cref="IGpioLines"/> over System.Device.Gpio's controller, which sets the lines one after another, lowest bit first.
/// Allocation-free on success through its calls for several pins (the one for a single pin allocates 40 bytes in 4.2); an error is caught
/// as IOException and costs some garbage.
/// </summary>
public sealed class SystemGpioLines : IGpioLines
{
    private const int MaxLines = 32;

    private readonly GpioController _controller;
    private readonly int[] _offsets;
    private readonly PinValuePair[] _pairs;
    private readonly uint _outputs;
    private long _busyTicks;

    /// <summary>Opens every line. Throws <see cref="HardwareException"/>.</summary>
    public SystemGpioLines(string name, GpioController controller, ReadOnlySpan<GpioLine> lines)
    {
        if (lines.Length > MaxLines)
        {
            throw new ArgumentException($"GPIO chip {name}: {lines.Length} lines found, expected at most {MaxLines}.", nameof(lines));
        }

        Name = name;
        _controller = controller;
        _offsets = new int[lines.Length];
        _pairs = new PinValuePair[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            _offsets[i] = lines[i].Offset;
            _outputs |= lines[i].IsOutput ? 1u << i : 0;
            Open(lines[i]);
        }
    }

    public string Name { get; }

    public long BusyNs => MonotonicTicks.ToNanoseconds(_busyTicks);

    public BusResult Write(uint values, uint mask)
    {
        if ((mask & ~_outputs) != 0)
        {
            return BusResult.Refused;
        }

        int count = 0;
        for (int i = 0; i < _offsets.Length; i++)
        {
            if ((mask >> i & 1) != 0)
            {
                _pairs[count++] = new PinValuePair(_offsets[i], (values >> i & 1) != 0 ? PinValue.High : PinValue.Low);
            }
        }

        long start = Stopwatch.GetTimestamp();
        BusResult result = BusResult.Ok;
        try
        {
            _controller.Write(_pairs.AsSpan(0, count));
        }
        catch (IOException error)
        {
            result = Errno.Result(error);
        }

        _busyTicks += Stopwatch.GetTimestamp() - start;
        return result;
    }

    public BusResult Read(out uint values)
    {
        for (int i = 0; i < _offsets.Length; i++)
        {
            _pairs[i] = new PinValuePair(_offsets[i], PinValue.Low);
        }

        values = 0;
        long start = Stopwatch.GetTimestamp();
        BusResult result = BusResult.Ok;
        try
        {
            _controller.Read(_pairs);
            for (int i = 0; i < _pairs.Length; i++)
            {
                values |= _pairs[i].PinValue == PinValue.High ? 1u << i : 0;
            }
        }
        catch (IOException error)
        {
            result = Errno.Result(error);
        }

        _busyTicks += Stopwatch.GetTimestamp() - start;
        return result;
    }

    private void Open(GpioLine line)
    {
        try
        {
            if (line.IsOutput)
            {
                _controller.OpenPin(line.Offset, PinMode.Output, line.InitiallyHigh ? PinValue.High : PinValue.Low);
            }
            else
            {
                _controller.OpenPin(line.Offset, PinMode.InputPullUp);
            }
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            throw new HardwareException(
                $"GPIO chip {Name}, line {line.Offset}: could not be requested ({error.Message}). "
                + "Check that no other process holds it and that this user may open the chip.",
                error);
        }
    }
}
