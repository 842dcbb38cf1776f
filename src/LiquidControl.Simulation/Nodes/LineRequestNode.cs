using System.Numerics;
using System.Runtime.InteropServices;
using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Linux;

namespace LiquidControl.Simulation.Nodes;

/// <summary>What a line request's descriptor leads to: a file nobody can see in the directory, which goes when it is closed.</summary>
internal sealed class LineRequestNode : DeviceNode
{
    private readonly GpioChipNode _chip;
    private readonly int[] _offsets;
    private readonly ulong _outputs;
    private readonly ulong _activeLow;
    private readonly ulong _lines;

    private LineRequestNode(string name, GpioChipNode chip, int[] offsets, ulong outputs, ulong activeLow) : base(name)
    {
        _chip = chip;
        _offsets = offsets;
        _outputs = outputs;
        _activeLow = activeLow;
        _lines = offsets.Length == GpioDev.MaxLines ? ulong.MaxValue : (1UL << offsets.Length) - 1;
    }

    public override bool IsListed => false;

    /// <summary>Called once the file is closed.</summary>
    public required Action<LineRequestNode> Closed { get; init; }

    /// <summary>Takes the lines and drives the outputs. Gives the node, or an error number.</summary>
    public static unsafe (LineRequestNode? Node, int Error) Request(string name, GpioChipNode chip, in GpioLineRequest request, Action<LineRequestNode> closed)
    {
        const ulong Supported = GpioDev.ActiveLow | GpioDev.Input | GpioDev.Output | GpioDev.PullUp | GpioDev.PullDown | GpioDev.NoPull;
        if (request.LineCount is 0 or > GpioDev.MaxLines || request.Config.AttributeCount > GpioDev.MaxAttributes)
        {
            return (null, Errno.InvalidArgument);
        }

        int[] offsets = new int[request.LineCount];
        ulong outputs = 0, activeLow = 0, high = 0;
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = (int)Math.Min(request.Offsets[i], int.MaxValue);
            (ulong flags, bool value) = SettingsOf(request.Config, i);
            if ((flags & ~Supported) != 0 || BitOperations.PopCount(flags & (GpioDev.Input | GpioDev.Output)) != 1)
            {
                return (null, Errno.InvalidArgument);
            }

            outputs |= (flags & GpioDev.Output) != 0 ? 1UL << i : 0;
            activeLow |= (flags & GpioDev.ActiveLow) != 0 ? 1UL << i : 0;
            high |= value ? 1UL << i : 0;
        }

        string consumer;
        fixed (byte* text = request.Consumer)
        {
            consumer = Marshal.PtrToStringUTF8((nint)text)!;
        }

        var node = new LineRequestNode(name, chip, offsets, outputs, activeLow) { Closed = closed };
        for (int i = 0; i < offsets.Length; i++)
        {
            int error = chip.Hold(offsets[i], (outputs >> i & 1) != 0, new(consumer, (outputs >> i & 1) != 0));
            if (error != 0)
            {
                chip.Free(offsets.AsSpan(0, i));
                return (null, error);
            }
        }

        BusResult result = chip.Write(offsets, high ^ activeLow, outputs);
        if (result == BusResult.Ok)
        {
            return (node, 0);
        }

        chip.Free(offsets);
        return (null, Wire.ErrorOf(result));
    }

    public override void Close(ulong file)
    {
        _chip.Free(_offsets);
        Closed(this);
    }

    public override int Control(NodeCall call)
    {
        bool reads = call.Command == GpioDev.GetValues;
        if (!reads && call.Command != GpioDev.SetValues)
        {
            return -Errno.NotATerminal;
        }

        var values = MemoryMarshal.Read<GpioLineValues>(call.Input);
        values.Mask &= _lines;
        if (values.Mask == 0)
        {
            return -Errno.InvalidArgument;
        }

        if (!reads && (values.Mask & ~_outputs) != 0)
        {
            return -Errno.NotPermitted;
        }

        BusResult result;
        if (reads)
        {
            result = _chip.Read(_offsets, out ulong levels);
            values.Bits = (levels ^ _activeLow) & values.Mask;
        }
        else
        {
            result = _chip.Write(_offsets, values.Bits ^ _activeLow, values.Mask);
        }

        MemoryMarshal.Write(call.Output, values);
        return result == BusResult.Ok ? 0 : -Wire.ErrorOf(result);
    }

    /// <summary>A line's flags and first output value: of several attributes for it the first counts.</summary>
    private static (ulong Flags, bool Value) SettingsOf(in GpioLineConfig config, int line)
    {
        ulong flags = config.Flags;
        bool value = false, flagsFound = false, valueFound = false;
        for (int i = 0; i < config.AttributeCount; i++)
        {
            GpioLineConfigAttribute attribute = config.Attributes[i];
            bool isMeant = (attribute.Mask >> line & 1) != 0;
            if (isMeant && !flagsFound && attribute.Attribute.Id == GpioDev.FlagsAttribute)
            {
                (flags, flagsFound) = (attribute.Attribute.Value, true);
            }
            else if (isMeant && !valueFound && attribute.Attribute.Id == GpioDev.OutputValuesAttribute)
            {
                (value, valueFound) = ((attribute.Attribute.Value >> line & 1) != 0, true);
            }
        }

        return (flags, value);
    }
}
