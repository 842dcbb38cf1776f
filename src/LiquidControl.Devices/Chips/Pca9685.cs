using LiquidControl.Devices.Buses;

namespace LiquidControl.Devices.Chips;

/// <summary>
/// NXP PCA9685, 16 PWM channels of 12 bits, of which a contiguous range is in use. Registers and rules: datasheet rev. 4, sections 7.3.1
/// (MODE1, RESTART), 7.3.3 (LEDn registers, full off wins), 7.3.5 (prescaler, writable in SLEEP only), checked against Linux pwm-pca9685.c.
/// </summary>
public sealed class Pca9685
{
    /// <summary>Magnitude of a channel that is always on; 0 is always off.</summary>
    public const int FullScale = 4096;

    public const int ChannelCount = 16;

    private const string Chip = "PCA9685 (motor PWM)";

    private const byte Mode1 = 0x00;
    private const byte Mode2 = 0x01;
    private const byte FirstLed = 0x06;
    private const byte AllLedOffHigh = 0xFD;
    private const byte PreScale = 0xFE;

    private const byte Restart = 0x80;
    private const byte AutoIncrement = 0x20;
    private const byte Sleep = 0x10;
    private const byte TotemPole = 0x04;
    private const byte Full = 0x10;

    // ALLCALL (bit 0) stays clear: at 0x70 it would answer in the place of a TCA9548A.
    private const byte Running = AutoIncrement;

    private const double OscillatorHz = 25e6;
    private const int MinPreScale = 3;
    private const int MaxPreScale = 255;

    /// <summary>The oscillator's settling time before RESTART, datasheet 7.3.1.1: 500 µs.</summary>
    private static readonly TimeSpan OscillatorSettling = TimeSpan.FromMilliseconds(1);

    private readonly II2cBus _bus;
    private readonly int _address;
    private readonly int _firstChannel;
    private readonly byte _preScale;
    private readonly byte[] _frame;

    /// <summary>A range of channels at the chip's nearest to <paramref name="frequency"/>, 24 to 1526 Hz. Touches no bus.</summary>
    public Pca9685(II2cBus bus, int address, double frequency, int firstChannel, int channels)
    {
        if (firstChannel < 0 || channels < 1 || firstChannel + channels > ChannelCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(firstChannel),
                $"{Chip}: channels {firstChannel} to {firstChannel + channels - 1} found, expected a range within 0 to 15.");
        }

        _bus = bus;
        _address = address;
        _firstChannel = firstChannel;
        _preScale = PreScaleFor(frequency);
        _frame = new byte[1 + (4 * channels)];
        _frame[0] = LedOnLow(firstChannel);
    }

    /// <summary>Repeats of a failed write that are left; whoever owns the cycle's time budget grants them.</summary>
    public int RetriesLeft { get; set; }

    /// <summary>prescale = round(25 MHz / (4096 · frequency)) - 1.</summary>
    public static byte PreScaleFor(double frequency)
    {
        double value = Math.Round(OscillatorHz / (FullScale * frequency)) - 1;
        return value is >= MinPreScale and <= MaxPreScale
            ? (byte)value
            : throw new ArgumentOutOfRangeException(nameof(frequency), $"{Chip}: {frequency} Hz found, expected 24 to 1526 Hz.");
    }

    /// <summary>All channels off, then clock and modes. Throws <see cref="Control.HardwareException"/>; takes a millisecond.</summary>
    public void Configure()
    {
        Require(Initialise(), "an acknowledge");
        Thread.Sleep(OscillatorSettling);
        Require(Send(Mode1, Running | Restart), "an acknowledge");

        Require(IsRunning(out bool running), "an acknowledge");
        if (!running)
        {
            throw ChipError.At(
                _bus, _address, Chip, "a MODE1 register that does not keep what was written", $"0x{Running:X2}",
                "Check that no other chip has this address (an INA219 also starts at 0x40) and that the data line is not stuck.");
        }
    }

    /// <summary>
    /// Brings a chip that lost its configuration back with every channel off, without waiting: the outputs start again when its oscillator
    /// has settled. Four short writes.
    /// </summary>
    public BusResult Initialise()
    {
        BusResult result = AllOff();
        if (result == BusResult.Ok)
        {
            result = Send(Mode1, Running | Sleep);
        }

        if (result == BusResult.Ok)
        {
            result = Send(PreScale, _preScale);
        }

        if (result == BusResult.Ok)
        {
            result = Send(Mode2, TotemPole);
        }

        return result == BusResult.Ok ? Send(Mode1, Running) : result;
    }

    /// <summary>False when the chip lost its configuration: after a reset it sleeps and answers ALLCALL (MODE1 = 0x11).</summary>
    public BusResult IsRunning(out bool running)
    {
        Span<byte> mode = stackalloc byte[1];
        BusResult result = _bus.Transfer(_address, [Mode1], mode);
        running = result == BusResult.Ok && mode[0] == Running;
        return result;
    }

    /// <summary>
    /// All channels of the range in one transaction (2 + 4 bytes a channel with the address), taken over together at its end.
    /// </summary>
    /// <param name="magnitudes">One a channel, 0 to <see cref="FullScale"/>.</param>
    public BusResult Write(ReadOnlySpan<ushort> magnitudes)
    {
        for (int i = 0; i < magnitudes.Length; i++)
        {
            ushort magnitude = magnitudes[i];
            Span<byte> led = _frame.AsSpan(1 + (4 * i), 4);
            led[0] = 0;
            led[1] = magnitude == FullScale ? Full : (byte)0;
            led[2] = (byte)magnitude;
            led[3] = magnitude == 0 ? Full : (byte)(magnitude >> 8 & 0x0F);
        }

        return Send(_frame.AsSpan(0, 1 + (4 * magnitudes.Length)));
    }

    /// <summary>One channel of the range fully off, by its full-off bit alone (three bytes on the wire).</summary>
    public BusResult ChannelOff(int index) => Send((byte)(LedOnLow(_firstChannel + index) + 3), Full);

    /// <summary>All sixteen channels fully off.</summary>
    public BusResult AllOff() => Send(AllLedOffHigh, Full);

    private static byte LedOnLow(int channel) => (byte)(FirstLed + (4 * channel));

    private BusResult Send(byte register, byte value) => Send([register, value]);

    private BusResult Send(ReadOnlySpan<byte> bytes)
    {
        BusResult result = _bus.Transfer(_address, bytes, []);
        if (result != BusResult.Ok && RetriesLeft > 0)
        {
            RetriesLeft--;
            result = _bus.Transfer(_address, bytes, []);
        }

        return result;
    }

    private void Require(BusResult result, string expected)
    {
        if (result != BusResult.Ok)
        {
            throw ChipError.At(
                _bus, _address, Chip, ChipError.Found(result), expected,
                "Check its 3.3 V supply, SDA and SCL, and the address jumpers A0 to A5 (all open is 0x40).");
        }
    }
}
