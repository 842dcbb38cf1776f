using System.Buffers.Binary;
using System.Numerics;
using LiquidControl.Control;
using LiquidControl.Devices.Buses;

namespace LiquidControl.Devices.Chips;

/// <summary>
/// ams AS5048A 14-bit magnetic encoders in a daisy chain (SPI mode 1, 16-bit frames, at most 10 MHz). Registers, parity, error flag and
/// diagnostics bits: datasheet v1-06 (2014), sections "SPI Interface" and "Register Description".
/// </summary>
/// <remarks>
/// A reply belongs to the command of the frame before, so one reading is two frames: ask for the angles, then fetch them while asking
/// for the diagnostics, which the next reading's first frame brings. The angle is thus sampled in this cycle, and every magnet is
/// checked in every cycle. Position 0 is the chip nearest to the controller's data output; its word is the last on the wire.
/// </remarks>
public sealed class As5048aChain
{
    private const string Chip = "AS5048A (joint encoders)";

    private const int MostFrames = 2;
    private const int WordBytes = 2;

    private const ushort ReadAngle = 0xFFFF;
    private const ushort ReadDiagnostics = 0x7FFD;
    private const ushort ClearError = 0x4001;

    private const ushort DataMask = 0x3FFF;
    private const ushort ErrorFlag = 0x4000;

    // Diagnostics: 11 COMP high (field too weak), 10 COMP low (field strong), 9 CORDIC overflow (angle invalid), 8 offset compensation done.
    private const ushort FieldWeak = 1 << 11;
    private const ushort CordicOverflow = 1 << 9;
    private const ushort Started = 1 << 8;

    private readonly ISpiBus _bus;
    private readonly int _count;
    private readonly ushort[] _diagnostics;
    private readonly byte[] _write;
    private readonly byte[] _read;

    // Words of one call, frame after frame, by position.
    private readonly ushort[] _command;
    private readonly ushort[] _reply;

    // Commands by position: sent last, to be answered by the next frame; and those that the first replies of the last call answer.
    private readonly ushort[] _sent;
    private readonly ushort[] _answered;

    public As5048aChain(ISpiBus bus, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _bus = bus;
        _count = count;
        _command = new ushort[MostFrames * count];
        _reply = new ushort[MostFrames * count];
        _sent = new ushort[count];
        _answered = new ushort[count];
        _diagnostics = new ushort[count];
        _write = new byte[WordBytes * MostFrames * count];
        _read = new byte[WordBytes * MostFrames * count];
    }

    /// <summary>Last diagnostics register of each position: bits 11 to 8 as in the datasheet, 7 to 0 the automatic gain.</summary>
    public ReadOnlySpan<ushort> Diagnostics => _diagnostics;

    /// <summary>Clears the error flags and requires sane diagnostics of every chip. Throws <see cref="HardwareException"/>.</summary>
    public void Configure()
    {
        Require(Exchange(ClearError));
        Require(Exchange(ReadDiagnostics));
        Require(Exchange(ReadAngle));
        for (int position = 0; position < _count; position++)
        {
            ushort reply = _reply[position];
            if (!IsParityEven(reply) || (reply & ErrorFlag) != 0 || (reply & Started) == 0)
            {
                throw ChipError.At(
                    _bus, $"{Chip}, position {position} of the chain", $"the word 0x{reply:X4}",
                    "diagnostics with even parity, no error flag and offset compensation finished (bit 8)",
                    "Words of 0x0000 or 0xFFFF mean a broken chain or a missing supply; others mean a wrong SPI mode (1), clock or chain length.");
            }

            if ((reply & (FieldWeak | CordicOverflow)) != 0)
            {
                throw ChipError.At(
                    _bus, $"{Chip}, position {position} of the chain", $"diagnostics 0x{reply & DataMask:X4}", "a magnet in range",
                    "Check the magnet's distance (0.5 to 2.5 mm) and centring over the chip.");
            }

            _diagnostics[position] = (ushort)(reply & DataMask);
        }
    }

    /// <summary>One call of two frames (another to clear an error flag). Angles whose status is not Fresh are left as they were.</summary>
    /// <param name="angles">Counts by chain position, 0 to 16383.</param>
    /// <param name="status">By chain position.</param>
    public BusResult Read(Span<int> angles, Span<ChannelStatus> status)
    {
        Array.Fill(_command, ReadAngle, 0, _count);
        Array.Fill(_command, ReadDiagnostics, _count, _count);
        BusResult result = Exchange(frames: 2);
        if (result != BusResult.Ok)
        {
            status.Fill(ChannelStatus.BusError);
            return result;
        }

        TakeDiagnostics();
        bool flagged = false;
        for (int position = 0; position < _count; position++)
        {
            ushort reply = _reply[_count + position];
            status[position] = Judge(reply, _diagnostics[position]);
            flagged |= status[position] == ChannelStatus.DeviceError && (reply & ErrorFlag) != 0;
            if (status[position] == ChannelStatus.Fresh)
            {
                angles[position] = reply & DataMask;
            }
        }

        return flagged ? ClearErrorFlags() : BusResult.Ok;
    }

    private static bool IsParityEven(ushort word) => (BitOperations.PopCount(word) & 1) == 0;

    private static ChannelStatus Judge(ushort reply, ushort diagnostics)
    {
        // A stuck line gives words that pass the parity check: 0xFFFF is told by itself, 0x0000 (a legal angle) by the diagnostics,
        // in which a started chip always has a bit set.
        if (reply == 0xFFFF || diagnostics == 0)
        {
            return ChannelStatus.OutOfRange;
        }

        if (!IsParityEven(reply))
        {
            return ChannelStatus.ParityError;
        }

        if ((reply & ErrorFlag) != 0 || (diagnostics & Started) == 0)
        {
            return ChannelStatus.DeviceError;
        }

        return (diagnostics & (FieldWeak | CordicOverflow)) == 0 ? ChannelStatus.Fresh : ChannelStatus.MagnetLost;
    }

    private void TakeDiagnostics()
    {
        for (int position = 0; position < _count; position++)
        {
            ushort reply = _reply[position];
            if (_answered[position] == ReadDiagnostics && IsParityEven(reply) && (reply & ErrorFlag) == 0)
            {
                _diagnostics[position] = (ushort)(reply & DataMask);
            }
        }
    }

    // The flag stays up until it is cleared; asking at once costs 10 µs and saves the next cycle's angle.
    private BusResult ClearErrorFlags()
    {
        for (int position = 0; position < _count; position++)
        {
            bool raised = (_reply[_count + position] & ErrorFlag) != 0;
            _command[position] = raised ? ClearError : ReadDiagnostics;
        }

        return Exchange(frames: 1);
    }

    private BusResult Exchange(ushort command)
    {
        Array.Fill(_command, command, 0, _count);
        return Exchange(frames: 1);
    }

    private BusResult Exchange(int frames)
    {
        int words = frames * _count, bytes = WordBytes * words;
        for (int word = 0; word < words; word++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_write.AsSpan(PlaceOf(word)), _command[word]);
        }

        BusResult result = _bus.Transfer(_write.AsSpan(0, bytes), _read.AsSpan(0, bytes), WordBytes * _count);
        if (result != BusResult.Ok)
        {
            // Which commands arrived is unknown, so what comes next is the answer to nothing.
            Array.Clear(_sent);
            return result;
        }

        for (int word = 0; word < words; word++)
        {
            _reply[word] = BinaryPrimitives.ReadUInt16BigEndian(_read.AsSpan(PlaceOf(word)));
        }

        Array.Copy(_sent, _answered, _count);
        Array.Copy(_command, words - _count, _sent, 0, _count);
        return result;
    }

    /// <summary>First byte of a word on the wire: within a frame the last position comes first.</summary>
    private int PlaceOf(int word)
    {
        int frame = word / _count, position = word % _count;
        return WordBytes * ((frame * _count) + _count - 1 - position);
    }

    private void Require(BusResult result)
    {
        if (result != BusResult.Ok)
        {
            throw ChipError.At(
                _bus, Chip, ChipError.Found(result), "a transfer", "Check that SPI is enabled in the device tree and that this user may open it.");
        }
    }
}
