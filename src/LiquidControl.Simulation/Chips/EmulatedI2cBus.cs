using LiquidControl.Devices.Buses;

namespace LiquidControl.Simulation.Chips;

/// <summary>
/// An I2C bus between drivers and emulated chips. Chips that share an address all hear a write, and a read gives the wired AND of their
/// answers, as on the real wire. A failed transfer is charged its address byte when nobody acknowledged, else its whole length.
/// </summary>
public sealed class EmulatedI2cBus(string name, int clockHz) : II2cBus
{
    private const int MaxTransfer = 256;
    private const int BitsPerByte = 9;

    private readonly List<IEmulatedI2cChip> _chips = [];
    private readonly TransferFault[] _faults = new TransferFault[I2cAddress.Last + 1];
    private readonly byte[] _answer = new byte[MaxTransfer];

    public string Name { get; } = name;

    /// <summary>Bits clocked so far, start, repeated start and stop counted as one each.</summary>
    public long WireBits { get; private set; }

    public long BusyNs => WireTime.Ns(WireBits, clockHz);

    public void Attach(IEmulatedI2cChip chip) => _chips.Add(chip);

    public BusResult Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        if (!I2cAddress.IsValid(address) || (write.IsEmpty && read.IsEmpty) || write.Length > MaxTransfer || read.Length > MaxTransfer)
        {
            return BusResult.Refused;
        }

        BusResult result = _faults[address].TakeResult();
        if (result == BusResult.Ok)
        {
            result = Exchange(address, write, read);
        }

        if (result == BusResult.Ok)
        {
            _faults[address].ApplyTo(read);
        }

        WireBits += result == BusResult.Nak ? Bits(0, 0) : Bits(write.Length, read.Length);
        return result;
    }

    /// <summary>Whether a chip would acknowledge this address.</summary>
    public bool IsPresent(int address)
    {
        foreach (IEmulatedI2cChip chip in _chips)
        {
            if (chip.Answers(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An address and no byte (the quick command of SMBus), by which programs look for chips.</summary>
    public BusResult Probe(int address)
    {
        WireBits += Bits(0, 0);
        if (!I2cAddress.IsValid(address))
        {
            return BusResult.Nak;
        }

        BusResult result = _faults[address].TakeResult();
        return result == BusResult.Ok && !IsPresent(address) ? BusResult.Nak : result;
    }

    /// <summary>The next transfers of an address end in <paramref name="result"/> and do not reach the chip.</summary>
    public void Fail(int address, BusResult result, int transfers) => _faults[address].Fail(result, transfers);

    /// <summary>The next reads from an address give only <paramref name="value"/>.</summary>
    public void Stick(int address, byte value, int transfers) => _faults[address].Stick(value, transfers);

    public void ClearFaults(int address) => _faults[address] = default;

    // Start, address and bytes, and stop; when both parts are there a repeated start and the address once more.
    private static int Bits(int written, int read) =>
        2 + (BitsPerByte * (1 + written + read)) + (written > 0 && read > 0 ? 1 + BitsPerByte : 0);

    private BusResult Exchange(int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        bool acknowledged = false;
        read.Fill(0xFF);
        foreach (IEmulatedI2cChip chip in _chips)
        {
            if (!chip.Answers(address))
            {
                continue;
            }

            if (!write.IsEmpty && !chip.Write(write))
            {
                continue;
            }

            acknowledged = true;
            Span<byte> answer = _answer.AsSpan(0, read.Length);
            chip.Read(answer);
            for (int i = 0; i < answer.Length; i++)
            {
                read[i] &= answer[i];
            }
        }

        return acknowledged ? BusResult.Ok : BusResult.Nak;
    }
}
