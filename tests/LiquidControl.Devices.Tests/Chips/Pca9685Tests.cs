using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Chips;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Devices.Tests.Chips;

public sealed class Pca9685Tests
{
    private readonly EmulatedI2cBus _bus = new("i2c-1", 400_000);
    private readonly EmulatedPca9685 _chip = new(0x40);
    private readonly WireLog _log = new();
    private readonly Pca9685 _pwm;

    public Pca9685Tests()
    {
        _bus.Attach(_chip);
        _pwm = new Pca9685(_log.Listen(_bus), 0x40, 1526, firstChannel: 0, channels: 6);
    }

    [Fact]
    public void Configure_turns_all_off_sets_the_prescaler_asleep_and_restarts()
    {
        _pwm.Configure();
        Assert.Equal(
            [
                "40 w FD 10", // every channel fully off
                "40 w 00 30", // SLEEP, auto-increment, no ALLCALL
                "40 w FE 03", // prescale for 1526 Hz
                "40 w 01 04", // totem pole
                "40 w 00 20", // awake
                "40 w 00 A0", // RESTART
                "40 w 00 r 20",
            ],
            _log.Take());
        Assert.False(_chip.IsAsleep);
        Assert.Equal(1525.88, _chip.Frequency, 0.01);
    }

    [Fact]
    public void Configure_waits_for_the_oscillator_before_it_restarts()
    {
        TimedBus timed = new(_bus);
        new Pca9685(timed, 0x40, 1526, 0, 6).Configure();
        TimeSpan waited = timed.Before([0x00, 0xA0]);
        Assert.True(waited >= TimeSpan.FromMicroseconds(500), $"{waited.TotalMicroseconds} µs");
    }

    [Fact]
    public void Six_channels_are_one_transaction_of_26_bytes()
    {
        _pwm.Configure();
        _log.Take();
        long bits = _bus.WireBits;
        Assert.Equal(BusResult.Ok, _pwm.Write([0, 1, 256, 2048, 4095, 4096]));
        Assert.Equal(
            ["40 w 06 00 00 00 10 00 00 01 00 00 00 00 01 00 00 00 08 00 00 FF 0F 00 10 00 00"],
            _log.Take());
        Assert.Equal(236, _bus.WireBits - bits);
        Assert.Equal([0, 1, 256, 2048, 4095, 4096], Enumerable.Range(0, 6).Select(channel => (int)(_chip.Duty(channel) * 4096)));
    }

    [Fact]
    public void A_range_in_the_middle_starts_at_its_own_register()
    {
        Pca9685 middle = new(_log.Listen(_bus), 0x40, 1526, firstChannel: 10, channels: 2);
        middle.Configure();
        _log.Take();
        middle.Write([0x123, 0x456]);
        middle.ChannelOff(1);
        Assert.Equal(["40 w 2E 00 00 23 01 00 00 56 04", "40 w 35 10"], _log.Take());
        Assert.Equal(0x123 / 4096.0, _chip.Duty(10));
        Assert.Equal(0.0, _chip.Duty(11));
    }

    [Fact]
    public void Off_is_one_short_write_for_one_channel_or_for_all()
    {
        _pwm.Configure();
        _pwm.Write([4096, 4096, 4096, 4096, 4096, 4096]);
        _log.Take();
        Assert.Equal(BusResult.Ok, _pwm.ChannelOff(2));
        Assert.Equal([1, 1, 0, 1, 1, 1], Enumerable.Range(0, 6).Select(_chip.Duty));
        Assert.Equal(BusResult.Ok, _pwm.AllOff());
        Assert.Equal([0, 0, 0, 0, 0, 0], Enumerable.Range(0, 6).Select(_chip.Duty));
        Assert.Equal(["40 w 11 10", "40 w FD 10"], _log.Take());
    }

    [Fact]
    public void A_reset_chip_is_told_from_a_running_one_and_comes_back_off()
    {
        _pwm.Configure();
        _pwm.Write([100, 100, 100, 100, 100, 100]);
        Assert.Equal(BusResult.Ok, _pwm.IsRunning(out bool running));
        Assert.True(running);

        _chip.Reset();
        Assert.Equal(BusResult.Ok, _pwm.IsRunning(out running));
        Assert.False(running);

        Assert.Equal(BusResult.Ok, _pwm.Initialise());
        _pwm.IsRunning(out running);
        Assert.True(running);
        Assert.Equal(0.0, _chip.Duty(0));
        Assert.Equal(1525.88, _chip.Frequency, 0.01);
    }

    [Fact]
    public void A_failed_write_is_repeated_as_often_as_was_granted()
    {
        _pwm.Configure();
        _log.Take();
        _bus.Fail(0x40, BusResult.Nak, 1);
        _pwm.RetriesLeft = 1;
        Assert.Equal(BusResult.Ok, _pwm.AllOff());
        Assert.Equal(["40 w FD 10 Nak", "40 w FD 10"], _log.Take());

        _bus.Fail(0x40, BusResult.Timeout, 1);
        Assert.Equal(BusResult.Timeout, _pwm.AllOff());
        Assert.Equal(["40 w FD 10 Timeout"], _log.Take());
    }

    [Theory]
    [InlineData(50, 121)]
    [InlineData(1526, 3)]
    [InlineData(24, 253)]
    [InlineData(200, 30)]
    public void The_prescaler_follows_the_datasheets_formula(double frequency, int expected) =>
        Assert.Equal(expected, Pca9685.PreScaleFor(frequency));

    [Theory]
    [InlineData(2000)]
    [InlineData(20)]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void A_frequency_the_chip_cannot_give_is_an_error_that_says_the_range(double frequency) =>
        Assert.Contains(
            "expected 24 to 1526 Hz",
            Assert.Throws<ArgumentOutOfRangeException>(() => Pca9685.PreScaleFor(frequency)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Configure_names_bus_address_chip_and_remedy_when_nobody_answers()
    {
        Pca9685 absent = new(_bus, 0x44, 1526, 0, 6);
        HardwareException error = Assert.Throws<HardwareException>(absent.Configure);
        Assert.StartsWith(
            "I2C bus i2c-1, address 0x44, PCA9685 (motor PWM): found no acknowledge (Nak), expected an acknowledge. Check",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void Configure_sees_a_stuck_data_line(byte stuckAt)
    {
        _bus.Stick(0x40, stuckAt, BusFaults.UntilCleared);
        HardwareException error = Assert.Throws<HardwareException>(_pwm.Configure);
        Assert.Contains("MODE1 register that does not keep what was written", error.Message, StringComparison.Ordinal);
    }

    private sealed class TimedBus(II2cBus bus) : II2cBus
    {
        private readonly List<(byte[] Bytes, long Start, long End)> _transfers = [];

        public string Name => bus.Name;

        public long BusyNs => bus.BusyNs;

        public BusResult Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read)
        {
            long start = TimeProvider.System.GetTimestamp();
            BusResult result = bus.Transfer(address, write, read);
            _transfers.Add((write.ToArray(), start, TimeProvider.System.GetTimestamp()));
            return result;
        }

        /// <summary>Time between the end of the transfer before the one with these bytes and its start.</summary>
        public TimeSpan Before(byte[] bytes)
        {
            int index = _transfers.FindIndex(transfer => transfer.Bytes.SequenceEqual(bytes));
            return TimeProvider.System.GetElapsedTime(_transfers[index - 1].End, _transfers[index].Start);
        }
    }
}
