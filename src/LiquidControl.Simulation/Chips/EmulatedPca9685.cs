namespace LiquidControl.Simulation.Chips;

/// <summary>
/// PCA9685 at register level: auto-increment, SLEEP and the prescaler's rule, RESTART, ALLCALL, full-on and full-off bits, and registers
/// that nobody may write. Datasheet rev. 4, section 7.3. Outputs change at the end of a transaction (OCH = 0).
/// </summary>
public sealed class EmulatedPca9685(int ownAddress) : IEmulatedI2cChip
{
    public const int ChannelCount = 16;

    private const int FullScale = 4096;
    private const double OscillatorHz = 25e6;

    private const byte Mode1 = 0x00;
    private const byte Mode2 = 0x01;
    private const byte AllCallAddress = 0x05;
    private const byte FirstLed = 0x06;
    private const byte LastLed = 0x45;
    private const byte FirstAllLed = 0xFA;
    private const byte LastAllLed = 0xFD;
    private const byte PreScale = 0xFE;

    private const byte Restart = 0x80;
    private const byte AutoIncrement = 0x20;
    private const byte Sleep = 0x10;
    private const byte AllCall = 0x01;
    private const byte Full = 0x10;
    private const byte MinPreScale = 3;

    private readonly byte[] _registers = PowerOn(new byte[256]);
    private int _pointer;

    public bool IsAsleep => (_registers[Mode1] & Sleep) != 0;

    /// <summary>PWM frequency the prescaler gives, Hz.</summary>
    public double Frequency => OscillatorHz / (FullScale * (_registers[PreScale] + 1));

    /// <summary>Back to the state after power-on, as after a brown-out.</summary>
    public void Reset()
    {
        PowerOn(_registers);
        _pointer = 0;
    }

    /// <summary>Contents of a register.</summary>
    public byte Register(byte register) => _registers[register];

    /// <summary>Fraction of the period the output is high, [0, 1]; 0 while the oscillator is off. A fully-on output needs no oscillator.</summary>
    public double Duty(int channel)
    {
        ReadOnlySpan<byte> led = _registers.AsSpan(FirstLed + (4 * channel), 4);
        if ((led[3] & Full) != 0)
        {
            return 0;
        }

        if ((led[1] & Full) != 0)
        {
            return 1;
        }

        int on = led[0] | (led[1] & 0x0F) << 8;
        int off = led[2] | (led[3] & 0x0F) << 8;
        int high = (off - on + FullScale) % FullScale;
        return IsAsleep ? 0 : high / (double)FullScale;
    }

    public bool Answers(int address) =>
        address == ownAddress || ((_registers[Mode1] & AllCall) != 0 && address == _registers[AllCallAddress] >> 1);

    public bool Write(ReadOnlySpan<byte> bytes)
    {
        if (!Exists(bytes[0]))
        {
            return false;
        }

        _pointer = bytes[0];
        foreach (byte value in bytes[1..])
        {
            Store(_pointer, value);
            Advance();
        }

        return true;
    }

    public void Read(Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            // The ALL_LED registers read zero.
            bytes[i] = _pointer is >= FirstAllLed and <= LastAllLed ? (byte)0 : _registers[_pointer];
            Advance();
        }
    }

    private static bool Exists(int register) => register is <= LastLed or >= FirstAllLed;

    private static byte[] PowerOn(byte[] registers)
    {
        Array.Clear(registers);
        registers[Mode1] = Sleep | AllCall;
        registers[Mode2] = 0x04;
        registers[0x02] = 0xE2;
        registers[0x03] = 0xE4;
        registers[0x04] = 0xE8;
        registers[AllCallAddress] = 0xE0;
        registers[PreScale] = 0x1E;
        for (int channel = 0; channel < ChannelCount; channel++)
        {
            registers[FirstLed + (4 * channel) + 3] = Full;
        }

        return registers;
    }

    private void Store(int register, byte value)
    {
        switch (register)
        {
            case Mode1:
                StoreMode1(value);
                break;
            case PreScale when !IsAsleep:
                break;
            case PreScale:
                _registers[PreScale] = Math.Max(value, MinPreScale);
                break;
            case >= FirstAllLed and <= LastAllLed:
                for (int channel = 0; channel < ChannelCount; channel++)
                {
                    _registers[FirstLed + (4 * channel) + register - FirstAllLed] = Writable(register - FirstAllLed, value);
                }

                break;
            case >= FirstLed and <= LastLed:
                _registers[register] = Writable(register - FirstLed, value);
                break;
            default:
                _registers[register] = value;
                break;
        }
    }

    // Bits 7 to 5 of the high bytes cannot be written.
    private static byte Writable(int offset, byte value) => (offset & 1) != 0 ? (byte)(value & 0x1F) : value;

    private void StoreMode1(byte value)
    {
        bool falling = !IsAsleep && (value & Sleep) != 0;
        byte restart = (byte)(_registers[Mode1] & Restart);
        if (falling && AnyRunning())
        {
            restart = Restart;
        }

        // Writing 1 clears RESTART, writing 0 leaves it.
        if ((value & Restart) != 0)
        {
            restart = 0;
        }

        _registers[Mode1] = (byte)((value & ~Restart) | restart);
    }

    private bool AnyRunning()
    {
        for (int channel = 0; channel < ChannelCount; channel++)
        {
            if (Duty(channel) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Advance()
    {
        if ((_registers[Mode1] & AutoIncrement) == 0)
        {
            return;
        }

        _pointer = _pointer is LastLed or PreScale ? Mode1 : _pointer + 1;
    }
}
