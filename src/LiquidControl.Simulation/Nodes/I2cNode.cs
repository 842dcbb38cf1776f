using System.Collections.Concurrent;
using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Linux;
using LiquidControl.Realtime;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// /dev/i2c-N in front of an emulated bus: plain transactions, SMBus as the kernel makes it of them, and read and write. A message with flags
/// beyond the direction is not supported, nor one longer than the emulated bus takes (256 bytes), as on adapters with such limits.
/// </summary>
internal sealed unsafe class I2cNode(string name, EmulatedI2cBus bus, int clockHz, Wire wire) : DeviceNode(name)
{
    /// <summary>Linux's own default, in units of 10 ms.</summary>
    private const int UsualTimeout = 100;

    private const long TimeoutUnitNs = 10_000_000;
    private const int LastSlaveAddress = 0x7F;

    private readonly ConcurrentDictionary<ulong, int> _slaves = new();
    private readonly I2cMessage[] _messages = new I2cMessage[I2cDev.MaxMessages];
    private readonly byte[] _written = new byte[I2cDev.MaxMessageLength];
    private readonly byte[] _heard = new byte[I2cDev.MaxMessageLength];
    private long _timeoutNs = UsualTimeout * TimeoutUnitNs;

    public NodeTraffic Traffic => wire.Traffic(Name);

    public override void Open(ulong file) => _slaves[file] = 0;

    public override void Close(ulong file) => _slaves.TryRemove(file, out _);

    public override int Control(NodeCall call)
    {
        switch (call.Command)
        {
            case I2cDev.Functions:
                return call.Caller.Write(call.Argument, (nuint)(I2cDev.PlainI2c | I2cDev.SmbusFunctions)) ? 0 : -Errno.BadAddress;
            case I2cDev.Slave:
            case I2cDev.SlaveForce:
                if (call.Argument > LastSlaveAddress)
                {
                    return -Errno.InvalidArgument;
                }

                _slaves[call.File] = (int)call.Argument;
                return 0;
            case I2cDev.Timeout:
                Volatile.Write(ref _timeoutNs, (long)Math.Min(call.Argument, int.MaxValue) * TimeoutUnitNs);
                return 0;
            case I2cDev.Retries:
                return 0;
            case I2cDev.TenBit:
            case I2cDev.Pec:
                return call.Argument == 0 ? 0 : -Errno.NotSupported;
            case I2cDev.Transfer:
                return Transfer(call);
            case I2cDev.Smbus:
                return Smbus(call);
            default:
                return -Errno.NotATerminal;
        }
    }

    public override int Read(ulong file, Span<byte> bytes)
    {
        using (wire.Occupy())
        {
            int error = Exchange(_slaves.GetValueOrDefault(file), [], bytes);
            return error != 0 ? -error : bytes.Length;
        }
    }

    public override int Write(ulong file, ReadOnlySpan<byte> bytes)
    {
        using (wire.Occupy())
        {
            int error = Exchange(_slaves.GetValueOrDefault(file), bytes, []);
            return error != 0 ? -error : bytes.Length;
        }
    }

    private int Transfer(NodeCall call)
    {
        if (!call.Caller.Read(call.Argument, out I2cTransaction transaction))
        {
            return -Errno.BadAddress;
        }

        if (transaction.Count is 0 or > I2cDev.MaxMessages)
        {
            return -Errno.InvalidArgument;
        }

        using (wire.Occupy())
        {
            Span<I2cMessage> messages = _messages.AsSpan(0, (int)transaction.Count);
            if (!call.Caller.Read((ulong)transaction.Messages, System.Runtime.InteropServices.MemoryMarshal.AsBytes(messages)))
            {
                return -Errno.BadAddress;
            }

            for (int done = 0; done < messages.Length;)
            {
                int error = Next(call.Caller, messages[done..], out int taken);
                if (error != 0)
                {
                    return -error;
                }

                done += taken;
            }

            return messages.Length;
        }
    }

    /// <summary>One message, or a write and the read from the same address after it.</summary>
    private int Next(CallerMemory caller, ReadOnlySpan<I2cMessage> messages, out int taken)
    {
        I2cMessage first = messages[0];
        bool paired = messages.Length > 1 && first.Flags == 0 && messages[1].Flags == I2cDev.ReadFlag && messages[1].Address == first.Address;
        taken = paired ? 2 : 1;
        I2cMessage reading = paired ? messages[1] : first.Flags == I2cDev.ReadFlag ? first : default;
        I2cMessage writing = first.Flags == 0 ? first : default;
        if ((first.Flags & ~I2cDev.ReadFlag) != 0)
        {
            return Errno.NotSupported;
        }

        if (reading.Length > I2cDev.MaxMessageLength || writing.Length > I2cDev.MaxMessageLength)
        {
            return Errno.InvalidArgument;
        }

        Span<byte> written = _written.AsSpan(0, writing.Length);
        Span<byte> heard = _heard.AsSpan(0, reading.Length);
        if (!caller.Read((ulong)writing.Buffer, written))
        {
            return Errno.BadAddress;
        }

        int error = Exchange(first.Address, written, heard);
        return error != 0 ? error : caller.Write((ulong)reading.Buffer, heard) ? 0 : Errno.BadAddress;
    }

    private int Smbus(NodeCall call)
    {
        if (!call.Caller.Read(call.Argument, out SmbusTransaction transaction))
        {
            return -Errno.BadAddress;
        }

        using (wire.Occupy())
        {
            SmbusExchange exchange = new(_slaves.GetValueOrDefault(call.File), transaction);
            if (!exchange.IsSupported)
            {
                return -Errno.NotSupported;
            }

            Span<byte> data = stackalloc byte[SmbusExchange.DataLength];
            if (exchange.TakesData && !call.Caller.Read((ulong)transaction.Data, data))
            {
                return -Errno.BadAddress;
            }

            if (!exchange.Prepare(data, _written, out int writtenLength, out int heardLength))
            {
                return -Errno.InvalidArgument;
            }

            int error = Exchange(exchange.Address, _written.AsSpan(0, writtenLength), _heard.AsSpan(0, heardLength));
            if (error != 0)
            {
                return -error;
            }

            int answered = exchange.Answer(_heard.AsSpan(0, heardLength), data);
            return call.Caller.Write((ulong)transaction.Data, data[..answered]) ? 0 : -Errno.BadAddress;
        }
    }

    /// <summary>On the wire, in its time. 0, or an error number.</summary>
    private int Exchange(int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        long start = MonotonicClock.NowNs;
        BusResult result;
        bool present;
        long bits;
        using (wire.ReachChips())
        {
            present = bus.IsPresent(address);
            bits = -bus.WireBits;
            result = write.IsEmpty && read.IsEmpty || !I2cAddress.IsValid(address) ? bus.Probe(address) : bus.Transfer(address, write, read);
            bits += bus.WireBits;
        }

        // An adapter whose transfer does not end waits as long as it was told to.
        wire.Pass(start, result == BusResult.Timeout ? Volatile.Read(ref _timeoutNs) : WireTime.Ns(bits, clockHz), result);
        return result == BusResult.Ok ? 0 : result == BusResult.Nak && !present ? Errno.NoSuchDeviceOrAddress : Wire.ErrorOf(result);
    }
}
