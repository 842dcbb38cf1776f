using System.Buffers.Binary;
using System.Numerics;

namespace LiquidControl.Simulation.Chips;

/// <summary>
/// AS5048A encoders in a daisy chain: each answers the command of the frame before, checks the parity of what it hears, and raises its
/// error flag one frame late, until it is asked to clear it. Position 0 is nearest to the controller's data output, so its word is last.
/// </summary>
public sealed class EmulatedAs5048aChain : IEmulatedSpiChip
{
    /// <summary>Diagnostics of a chip with a good magnet: offset compensation finished, gain in the middle.</summary>
    public const int GoodDiagnostics = 0x0180;

    private const int AngleRegister = 0x3FFF;
    private const int MagnitudeRegister = 0x3FFE;
    private const int DiagnosticsRegister = 0x3FFD;
    private const int ErrorRegister = 0x0001;
    private const int NoOperation = 0x0000;

    private const int DataMask = 0x3FFF;
    private const int ReadFlag = 0x4000;
    private const int ErrorFlag = 0x4000;
    private const int ParityBit = 0x8000;

    private const int FramingError = 1;
    private const int CommandInvalid = 2;
    private const int ParityError = 4;

    private readonly int[] _angle;
    private readonly int[] _magnitude;
    private readonly int[] _diagnostics;
    private readonly int[] _errors;
    private readonly ushort[] _reply;

    public EmulatedAs5048aChain(int count)
    {
        _angle = new int[count];
        _magnitude = new int[count];
        _diagnostics = new int[count];
        _errors = new int[count];
        _reply = new ushort[count];
        Array.Fill(_diagnostics, GoodDiagnostics);
        Array.Fill(_magnitude, 0x1000);
    }

    /// <summary>Counts, taken modulo one turn (16384).</summary>
    public void SetAngle(int position, int counts) => _angle[position] = counts & DataMask;

    public void SetMagnitude(int position, int counts) => _magnitude[position] = counts & DataMask;

    public void SetDiagnostics(int position, int value) => _diagnostics[position] = value & DataMask;

    public void Exchange(ReadOnlySpan<byte> write, Span<byte> read)
    {
        int count = _reply.Length;
        if (write.Length != 2 * count)
        {
            // Not one whole word for each chip: every chip sees a broken frame.
            read.Clear();
            for (int position = 0; position < count; position++)
            {
                _errors[position] |= FramingError;
                _reply[position] = Word(position, 0);
            }

            return;
        }

        for (int position = 0; position < count; position++)
        {
            int word = 2 * (count - 1 - position);
            BinaryPrimitives.WriteUInt16BigEndian(read[word..], _reply[position]);
            _reply[position] = Answer(position, BinaryPrimitives.ReadUInt16BigEndian(write[word..]));
        }
    }

    private ushort Answer(int position, ushort command)
    {
        if ((BitOperations.PopCount(command) & 1) != 0)
        {
            _errors[position] |= ParityError;
            return Word(position, 0);
        }

        if (command == NoOperation)
        {
            return Word(position, 0);
        }

        bool read = (command & ReadFlag) != 0;
        switch (command & DataMask)
        {
            case AngleRegister when read:
                return Word(position, _angle[position]);
            case MagnitudeRegister when read:
                return Word(position, _magnitude[position]);
            case DiagnosticsRegister when read:
                return Word(position, _diagnostics[position]);
            case ErrorRegister when read:
                int errors = _errors[position];
                _errors[position] = 0;
                return Word(position, errors);
            default:
                _errors[position] |= CommandInvalid;
                return Word(position, 0);
        }
    }

    private ushort Word(int position, int data)
    {
        int word = data | (_errors[position] != 0 ? ErrorFlag : 0);
        return (ushort)((BitOperations.PopCount((uint)word) & 1) != 0 ? word | ParityBit : word);
    }
}
