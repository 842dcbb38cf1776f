using System.Runtime.InteropServices;
using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Linux;
using LiquidControl.Realtime;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// /dev/spidevB.C in front of an emulated chip select. Transfers of a call are one assertion of the chip select until one of them releases
/// it; after the last it is always released. A chip clocked in the wrong mode, or faster than it can follow, hears and says its bits one
/// place late.
/// </summary>
/// <param name="name">The node's name.</param>
/// <param name="bus">The chip select.</param>
/// <param name="chipMode">Clock polarity and phase the chip needs, 0 to 3.</param>
/// <param name="chipHz">Fastest clock the chip follows, Hz.</param>
/// <param name="wire">The wires.</param>
internal sealed unsafe class SpiNode(string name, EmulatedSpiBus bus, uint chipMode, int chipHz, Wire wire) : DeviceNode(name)
{
    private const int MaxTransfers = 128;
    private const byte BitsPerWord = 8;
    private const uint KnownModeBits = SpiDev.PhaseAndPolarity | SpiDev.LsbFirst;

    private readonly SpiTransfer[] _transfers = new SpiTransfer[MaxTransfers];
    private readonly byte[] _written = new byte[SpiDev.MaxBytes];
    private readonly byte[] _heard = new byte[SpiDev.MaxBytes];
    private uint _mode;
    private uint _speed = (uint)chipHz;

    public NodeTraffic Traffic => wire.Traffic(Name);

    public override int Control(NodeCall call)
    {
        using (wire.Occupy())
        {
            int count = SpiDev.TransfersOf(call.Command);
            return count > 0 ? Transfer(call, count) : Setting(call.Command, call.Input, call.Output);
        }
    }

    public override int Read(ulong file, Span<byte> bytes)
    {
        using (wire.Occupy())
        {
            Span<byte> silence = _written.AsSpan(0, Math.Min(bytes.Length, SpiDev.MaxBytes));
            silence.Clear();
            return bytes.Length > SpiDev.MaxBytes ? -Errno.MessageTooLong : HalfDuplex(Exchange(silence, bytes, _speed), bytes.Length);
        }
    }

    public override int Write(ulong file, ReadOnlySpan<byte> bytes)
    {
        using (wire.Occupy())
        {
            if (bytes.Length > SpiDev.MaxBytes)
            {
                return -Errno.MessageTooLong;
            }

            bytes.CopyTo(_written);
            return HalfDuplex(Exchange(_written.AsSpan(0, bytes.Length), _heard.AsSpan(0, bytes.Length), _speed), bytes.Length);
        }
    }

    private static int HalfDuplex(int error, int length) => error != 0 ? -error : length;

    private int Setting(uint command, ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (command == SpiDev.ReadMode || command == SpiDev.ReadMode32)
        {
            return Give(_mode, output);
        }

        if (command == SpiDev.ReadLsbFirst)
        {
            return Give((_mode & SpiDev.LsbFirst) != 0 ? 1u : 0, output);
        }

        if (command == SpiDev.ReadBitsPerWord)
        {
            return Give(BitsPerWord, output);
        }

        if (command == SpiDev.ReadMaxSpeed)
        {
            return Give(_speed, output);
        }

        if (command == SpiDev.WriteMode || command == SpiDev.WriteMode32)
        {
            uint mode = command == SpiDev.WriteMode ? input[0] : MemoryMarshal.Read<uint>(input);
            _mode = (mode & ~KnownModeBits) == 0 ? mode : _mode;
            return mode == _mode ? 0 : -Errno.InvalidArgument;
        }

        if (command == SpiDev.WriteLsbFirst)
        {
            _mode = input[0] != 0 ? _mode | SpiDev.LsbFirst : _mode & ~SpiDev.LsbFirst;
            return 0;
        }

        if (command == SpiDev.WriteBitsPerWord)
        {
            return input[0] is 0 or BitsPerWord ? 0 : -Errno.InvalidArgument;
        }

        if (command == SpiDev.WriteMaxSpeed)
        {
            uint speed = MemoryMarshal.Read<uint>(input);
            _speed = speed == 0 ? _speed : speed;
            return speed == 0 ? -Errno.InvalidArgument : 0;
        }

        return -Errno.NotATerminal;
    }

    private static int Give(uint value, Span<byte> output)
    {
        output[0] = (byte)value;
        if (output.Length == sizeof(uint))
        {
            MemoryMarshal.Write(output, value);
        }

        return 0;
    }

    private int Transfer(NodeCall call, int count)
    {
        if (count > MaxTransfers)
        {
            return -Errno.MessageTooLong;
        }

        Span<SpiTransfer> transfers = _transfers.AsSpan(0, count);
        call.Input.CopyTo(MemoryMarshal.AsBytes(transfers));
        int length = 0;
        foreach (ref readonly SpiTransfer transfer in transfers)
        {
            if (transfer.Length > SpiDev.MaxBytes - length)
            {
                return -Errno.MessageTooLong;
            }

            if (transfer.BitsPerWord is not (0 or BitsPerWord))
            {
                return -Errno.InvalidArgument;
            }

            length += (int)transfer.Length;
        }

        _written.AsSpan(0, length).Clear();
        if (!Move(call.Caller, transfers, fromCaller: true))
        {
            return -Errno.BadAddress;
        }

        int error = Exchange(transfers);
        return error != 0 ? -error : Move(call.Caller, transfers, fromCaller: false) ? length : -Errno.BadAddress;
    }

    /// <summary>All bytes of a call between the caller and here, at once. False when not all of the caller's memory is there.</summary>
    private bool Move(CallerMemory caller, ReadOnlySpan<SpiTransfer> transfers, bool fromCaller)
    {
        IoVector* here = stackalloc IoVector[MaxTransfers], there = stackalloc IoVector[MaxTransfers];
        int count = 0;
        fixed (byte* bytes = fromCaller ? _written : _heard)
        {
            byte* at = bytes;
            foreach (ref readonly SpiTransfer transfer in transfers)
            {
                ulong address = fromCaller ? transfer.Write : transfer.Read;
                if (address != 0 && transfer.Length > 0)
                {
                    here[count] = new() { Address = at, Length = transfer.Length };
                    there[count++] = new() { Address = (void*)address, Length = transfer.Length };
                }

                at += transfer.Length;
            }

            return fromCaller ? caller.Read(here, there, count) : caller.Write(here, there, count);
        }
    }

    /// <summary>Everything up to a release of the chip select is one exchange. 0, or an error number.</summary>
    private int Exchange(ReadOnlySpan<SpiTransfer> transfers)
    {
        int at = 0, length = 0;
        uint slowest = _speed;
        for (int i = 0; i < transfers.Length; i++)
        {
            length += (int)transfers[i].Length;
            slowest = transfers[i].Speed == 0 ? slowest : Math.Min(slowest, transfers[i].Speed);
            if (i < transfers.Length - 1 && transfers[i].ChipSelectChange == 0)
            {
                continue;
            }

            int error = length == 0 ? 0 : Exchange(_written.AsSpan(at, length), _heard.AsSpan(at, length), slowest);
            if (error != 0)
            {
                return error;
            }

            (at, length, slowest) = (at + length, 0, _speed);
        }

        return 0;
    }

    /// <summary>On the wire, in its time. 0, or an error number.</summary>
    private int Exchange(Span<byte> write, Span<byte> read, uint speed)
    {
        bool misread = (_mode & SpiDev.PhaseAndPolarity) != chipMode || speed > chipHz;
        Disturb(write, misread);
        long start = MonotonicClock.NowNs;
        BusResult result;
        long bits;
        using (wire.ReachChips())
        {
            bits = -bus.WireBits;
            result = bus.Exchange(write, read);
            bits += bus.WireBits;
        }

        Disturb(read, misread);
        wire.Pass(start, WireTime.Ns(bits, (int)Math.Min(speed, int.MaxValue)), result);
        return result == BusResult.Ok ? 0 : Wire.ErrorOf(result);
    }

    private void Disturb(Span<byte> bytes, bool misread)
    {
        if ((_mode & SpiDev.LsbFirst) != 0)
        {
            foreach (ref byte value in bytes)
            {
                value = Reversed(value);
            }
        }

        int carry = 1;
        for (int i = 0; misread && i < bytes.Length; i++)
        {
            int value = bytes[i];
            bytes[i] = (byte)(carry << 7 | value >> 1);
            carry = value & 1;
        }
    }

    private static byte Reversed(byte value)
    {
        int result = 0;
        for (int bit = 0; bit < 8; bit++)
        {
            result |= (value >> bit & 1) << 7 - bit;
        }

        return (byte)result;
    }
}
