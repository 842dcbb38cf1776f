using LiquidControl.Devices.Buses;

namespace LiquidControl.Simulation.Chips;

/// <summary>One chip select of an emulated SPI controller, with faults on its two data lines.</summary>
public sealed class EmulatedSpiBus(string name, int clockHz, IEmulatedSpiChip chip) : ISpiBus
{
    private const int MaxTransfer = 4096;
    private const int FlippableBytes = 64;
    private const int BitsPerByte = 8;

    private readonly byte[] _wire = new byte[MaxTransfer];
    private readonly BitFlip[] _commandFlips = new BitFlip[FlippableBytes];
    private readonly BitFlip[] _replyFlips = new BitFlip[FlippableBytes];
    private TransferFault _fault;

    public string Name { get; } = name;

    /// <summary>Bits clocked so far.</summary>
    public long WireBits { get; private set; }

    public long BusyNs => WireTime.Ns(WireBits, clockHz);

    public BusResult Transfer(ReadOnlySpan<byte> write, Span<byte> read, int frameLength)
    {
        if (!ISpiBus.AreFrames(write, read, frameLength) || write.Length > MaxTransfer)
        {
            return BusResult.Refused;
        }

        BusResult result = BusResult.Ok;
        for (int at = 0; at < write.Length && result == BusResult.Ok; at += frameLength)
        {
            result = Exchange(write.Slice(at, frameLength), read.Slice(at, frameLength));
        }

        return result;
    }

    /// <summary>One frame.</summary>
    public BusResult Exchange(ReadOnlySpan<byte> write, Span<byte> read)
    {
        WireBits += BitsPerByte * write.Length;
        BusResult result = _fault.TakeResult();
        if (result != BusResult.Ok)
        {
            return result;
        }

        Span<byte> command = _wire.AsSpan(0, write.Length);
        write.CopyTo(command);
        Apply(_commandFlips, command);
        chip.Exchange(command, read);
        Apply(_replyFlips, read);
        _fault.ApplyTo(read);
        return BusResult.Ok;
    }

    /// <summary>The next transfers end in <paramref name="result"/> and do not reach the chip.</summary>
    public void Fail(BusResult result, int transfers) => _fault.Fail(result, transfers);

    /// <summary>The next transfers read only <paramref name="value"/>.</summary>
    public void Stick(byte value, int transfers) => _fault.Stick(value, transfers);

    /// <summary>Inverts bits of one byte of what the chip hears.</summary>
    public void FlipCommand(int byteIndex, byte mask, int transfers) => _commandFlips[byteIndex] = new BitFlip(mask, transfers);

    /// <summary>Inverts bits of one byte of what the controller hears.</summary>
    public void FlipReply(int byteIndex, byte mask, int transfers) => _replyFlips[byteIndex] = new BitFlip(mask, transfers);

    public void ClearFaults()
    {
        _fault = default;
        Array.Clear(_commandFlips);
        Array.Clear(_replyFlips);
    }

    private static void Apply(BitFlip[] flips, Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length && i < flips.Length; i++)
        {
            ref BitFlip flip = ref flips[i];
            if (flip.Left == 0)
            {
                continue;
            }

            bytes[i] ^= flip.Mask;
            flip = flip.Left == BusFaults.UntilCleared ? flip : flip with { Left = flip.Left - 1 };
        }
    }

    private readonly record struct BitFlip(byte Mask, int Left);
}
