using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Linux;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// /dev/gpiochipN in front of the emulated lines. A request for lines has to give its caller a new descriptor, which FUSE cannot: it is made
/// by <see cref="LineRequestListener"/>, and what the node itself answers to it is "not here". Lines that lead nowhere keep what is written
/// to them. A line keeps its level when its request is closed, as Raspberry Pi OS has it: what then stops the arm is the heartbeat. In lockstep an
/// edge of the heartbeat is the end of a period.
/// </summary>
internal sealed unsafe class GpioChipNode : DeviceNode
{
    /// <summary>As many as a Raspberry Pi's chip has.</summary>
    public const int LineCount = 54;

    private readonly EmulatedGpioBank _bank;
    private readonly SharedBoard _board;
    private readonly int[] _bits = new int[LineCount];
    private readonly GpioLine[] _wired;
    private readonly LineHolder[] _holders = new LineHolder[LineCount];
    private readonly Lock _beats = new();
    private ulong _unwired;
    private uint _beat;

    public GpioChipNode(string name, EmulatedGpioBank bank, ReadOnlySpan<GpioLine> wired, SharedBoard board) : base(name)
    {
        _bank = bank;
        _board = board;
        _wired = wired.ToArray();
        _beat = bank.Levels & board.HeartbeatMask;
        Array.Fill(_bits, -1);
        for (int bit = 0; bit < wired.Length; bit++)
        {
            _bits[wired[bit].Offset] = bit;
        }
    }

    public override int Control(NodeCall call)
    {
        if (call.Command == GpioDev.GetChipInfo)
        {
            GpioChipInfo info = new() { Lines = LineCount };
            Spell(Name, info.Name);
            Spell(_board.PassPeriod is null ? GpioChipLabel.Emulated : GpioChipLabel.EmulatedInLockstep, info.Label);
            System.Runtime.InteropServices.MemoryMarshal.Write(call.Output, info);
            return 0;
        }

        return call.Command == GpioDev.GetLineInfo ? LineInfo(call) : -Errno.NotATerminal;
    }

    /// <summary>Holds a line for a request; false when another holds it or it cannot be used so.</summary>
    public int Hold(int offset, bool output, in LineHolder holder)
    {
        if (offset >= LineCount || (output && _bits[offset] >= 0 && !_wired[_bits[offset]].IsOutput))
        {
            return Errno.InvalidArgument;
        }

        using (_board.Lock.EnterScope())
        {
            if (_holders[offset].Consumer is not null)
            {
                return Errno.Busy;
            }

            _holders[offset] = holder;
            return 0;
        }
    }

    public void Free(ReadOnlySpan<int> offsets)
    {
        using (_board.Lock.EnterScope())
        {
            foreach (int offset in offsets)
            {
                _holders[offset] = default;
            }
        }
    }

    /// <summary>Levels by line of a request.</summary>
    public BusResult Read(ReadOnlySpan<int> offsets, out ulong levels)
    {
        levels = 0;
        using (_board.Lock.EnterScope())
        {
            BusResult result = _bank.Read(out uint wired);
            for (int i = 0; i < offsets.Length; i++)
            {
                int bit = _bits[offsets[i]];
                levels |= ((bit >= 0 ? wired >> bit : _unwired >> offsets[i]) & 1) << i;
            }

            return result;
        }
    }

    /// <summary>Sets those lines of a request that are in <paramref name="mask"/>, all at once.</summary>
    public BusResult Write(ReadOnlySpan<int> offsets, ulong levels, ulong mask)
    {
        uint wiredLevels = 0, wiredMask = 0;
        ulong looseLevels = 0, looseMask = 0;
        for (int i = 0; i < offsets.Length; i++)
        {
            ulong isMeant = mask >> i & 1, level = levels >> i & isMeant;
            int bit = _bits[offsets[i]];
            wiredMask |= bit >= 0 ? (uint)isMeant << bit : 0;
            wiredLevels |= bit >= 0 ? (uint)level << bit : 0;
            looseMask |= bit < 0 ? isMeant << offsets[i] : 0;
            looseLevels |= bit < 0 ? level << offsets[i] : 0;
        }

        if (_board.PassPeriod is { } passPeriod && (wiredMask & _board.HeartbeatMask) != 0)
        {
            Beat(wiredLevels & _board.HeartbeatMask, passPeriod);
        }

        using (_board.Reach())
        {
            _unwired = (_unwired & ~looseMask) | looseLevels;
            return _bank.Write(wiredLevels, wiredMask);
        }
    }

    /// <summary>
    /// The period that ends with an edge is over before it, so that drives written before act in it and sensors read after show its end. What
    /// counts is what is asked for: to a loop whose lines fail, time passes too.
    /// </summary>
    private void Beat(uint level, Action passPeriod)
    {
        using (_beats.EnterScope())
        {
            if (level != _beat)
            {
                _beat = level;
                passPeriod();
            }
        }
    }

    private int LineInfo(NodeCall call)
    {
        var info = System.Runtime.InteropServices.MemoryMarshal.Read<GpioLineInfo>(call.Input);
        if (info.Offset >= LineCount)
        {
            return -Errno.InvalidArgument;
        }

        using (_board.Lock.EnterScope())
        {
            LineHolder holder = _holders[info.Offset];
            GpioLineInfo answer = new() { Offset = info.Offset, Flags = holder.IsOutput ? GpioDev.Output : GpioDev.Input };
            answer.Flags |= holder.Consumer is not null ? GpioDev.Used : 0;
            Spell($"GPIO{info.Offset}", answer.Name);
            Spell(holder.Consumer ?? "", answer.Consumer);
            System.Runtime.InteropServices.MemoryMarshal.Write(call.Output, answer);
            return 0;
        }
    }

    private static void Spell(string text, byte* name) =>
        System.Text.Encoding.ASCII.GetBytes(text.AsSpan(0, Math.Min(text.Length, GpioDev.NameLength - 1)), new Span<byte>(name, GpioDev.NameLength));
}
