using LiquidControl.Devices.Buses;

namespace LiquidControl.Simulation.Chips;

/// <summary>Emulated GPIO lines in one request; bit i is line i. Calls take no time.</summary>
public sealed class EmulatedGpioBank : IGpioLines
{
    private readonly uint _outputs;
    private TransferFault _fault;

    public EmulatedGpioBank(string name, ReadOnlySpan<GpioLine> lines)
    {
        Name = name;
        for (int i = 0; i < lines.Length; i++)
        {
            _outputs |= lines[i].IsOutput ? 1u << i : 0;

            // An input nobody drives stands at its pull-up.
            Levels |= !lines[i].IsOutput || lines[i].InitiallyHigh ? 1u << i : 0;
        }
    }

    public string Name { get; }

    public long BusyNs => 0;

    /// <summary>Levels on the wires.</summary>
    public uint Levels { get; private set; }

    /// <summary>Told which outputs changed their level, after they did.</summary>
    public event Action<uint>? OutputsChanged;

    /// <summary>Drives an input from outside.</summary>
    public void SetInput(int bit, bool high) => Levels = high ? Levels | 1u << bit : Levels & ~(1u << bit);

    public BusResult Write(uint values, uint mask)
    {
        if ((mask & ~_outputs) != 0)
        {
            return BusResult.Refused;
        }

        BusResult result = _fault.TakeResult();
        if (result != BusResult.Ok)
        {
            return result;
        }

        uint changed = (Levels ^ values) & mask;
        Levels ^= changed;
        if (changed != 0)
        {
            OutputsChanged?.Invoke(changed);
        }

        return BusResult.Ok;
    }

    public BusResult Read(out uint values)
    {
        BusResult result = _fault.TakeResult();
        values = result == BusResult.Ok ? Levels : 0;
        return result;
    }

    /// <summary>The next calls end in <paramref name="result"/>, and no level changes.</summary>
    public void Fail(BusResult result, int calls) => _fault.Fail(result, calls);

    public void ClearFaults() => _fault = default;
}
