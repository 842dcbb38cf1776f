using System.Buffers.Binary;

namespace LiquidControl.Simulation.Chips;

/// <summary>MPU-6050: sleeps after power-on, with all data zero until it is woken; the register pointer always increments.</summary>
public sealed class EmulatedMpu6050 : IEmulatedI2cChip
{
    private const int ValueCount = 7;
    private const byte FirstData = 0x3B;
    private const byte PowerManagement1 = 0x6B;
    private const byte WhoAmI = 0x75;
    private const byte DeviceReset = 0x80;
    private const byte Sleep = 0x40;
    private const int RegisterCount = 128;

    private readonly int _address;
    private readonly byte[] _registers = new byte[RegisterCount];
    private readonly short[] _sample = new short[ValueCount];
    private int _pointer;

    public EmulatedMpu6050(int address)
    {
        _address = address;
        Reset();
    }

    public bool IsAsleep => (_registers[PowerManagement1] & Sleep) != 0;

    /// <summary>Back to the state after power-on.</summary>
    public void Reset()
    {
        Array.Clear(_registers);
        _registers[PowerManagement1] = Sleep;
        _registers[WhoAmI] = 0x68;
    }

    /// <summary>ax ay az T gx gy gz, the sample every burst gives until the next.</summary>
    public void SetCounts(ReadOnlySpan<short> counts)
    {
        counts[..ValueCount].CopyTo(_sample);
        Sample();
    }

    public bool Answers(int address) => address == _address;

    public bool Write(ReadOnlySpan<byte> bytes)
    {
        _pointer = bytes[0] % RegisterCount;
        foreach (byte value in bytes[1..])
        {
            Store(value);
            _pointer = (_pointer + 1) % RegisterCount;
        }

        return true;
    }

    public void Read(Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = _registers[_pointer];
            _pointer = (_pointer + 1) % RegisterCount;
        }
    }

    private void Store(byte value)
    {
        bool readOnly = _pointer is WhoAmI or (>= FirstData and < FirstData + (2 * ValueCount));
        if (readOnly)
        {
            return;
        }

        if (_pointer == PowerManagement1 && (value & DeviceReset) != 0)
        {
            Reset();
            return;
        }

        _registers[_pointer] = value;
        Sample();
    }

    private void Sample()
    {
        for (int i = 0; i < ValueCount && !IsAsleep; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(_registers.AsSpan(FirstData + (2 * i)), _sample[i]);
        }
    }
}
