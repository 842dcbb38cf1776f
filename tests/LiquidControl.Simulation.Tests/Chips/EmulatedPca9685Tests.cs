using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Simulation.Tests.Chips;

/// <summary>The emulated chip against the datasheet (rev. 4, section 7.3), without any driver of this project.</summary>
public sealed class EmulatedPca9685Tests
{
    private const byte Awake = 0x20;
    private readonly EmulatedPca9685 _chip = new(0x40);

    [Fact]
    public void Power_on_gives_the_datasheets_defaults()
    {
        Assert.Equal([0x11, 0x04, 0xE2, 0xE4, 0xE8, 0xE0], Enumerable.Range(0, 6).Select(register => (int)_chip.Register((byte)register)));
        Assert.Equal(0x1E, _chip.Register(0xFE));
        Assert.Equal(0x10, _chip.Register(0x45));
        Assert.True(_chip.IsAsleep);
        Assert.All(Enumerable.Range(0, 16), channel => Assert.Equal(0.0, _chip.Duty(channel)));
    }

    [Fact]
    public void The_prescaler_is_written_only_asleep_and_never_below_3()
    {
        _chip.Write([0xFE, 121]);
        Assert.Equal(50.0, _chip.Frequency, 0.1);
        _chip.Write([0x00, Awake]);
        _chip.Write([0xFE, 10]);
        Assert.Equal(121, _chip.Register(0xFE));
        _chip.Write([0x00, 0x30]);
        _chip.Write([0xFE, 0]);
        Assert.Equal(3, _chip.Register(0xFE));
    }

    [Fact]
    public void Without_auto_increment_every_byte_goes_to_one_register()
    {
        _chip.Write([0x06, 1, 2, 3]);
        Assert.Equal(3, _chip.Register(0x06));
        Assert.Equal(0, _chip.Register(0x07));
    }

    [Fact]
    public void Auto_increment_rolls_over_after_the_last_channel_and_after_the_prescaler()
    {
        _chip.Write([0x00, Awake]);
        _chip.Write([0x45, 0x0F, 0x21]);
        Assert.Equal(0x0F, _chip.Register(0x45));
        Assert.Equal(0x21, _chip.Register(0x00));

        byte[] read = new byte[2];
        _chip.Write([0xFE]);
        _chip.Read(read);
        Assert.Equal([0x1E, 0x21], read);
    }

    [Theory]
    [InlineData(new byte[] { 0x00, 0x00, 0x00, 0x08 }, 0.5)]
    [InlineData(new byte[] { 0x00, 0x00, 0xFF, 0x0F }, 4095.0 / 4096)]
    [InlineData(new byte[] { 0x00, 0x04, 0x00, 0x08 }, 0.25)] // on at 1024, off at 2048
    [InlineData(new byte[] { 0x00, 0x0C, 0x00, 0x04 }, 0.5)] // high over the end of the period
    [InlineData(new byte[] { 0x00, 0x00, 0x00, 0x00 }, 0.0)]
    [InlineData(new byte[] { 0x00, 0x10, 0x00, 0x00 }, 1.0)]
    [InlineData(new byte[] { 0x00, 0x10, 0x00, 0x10 }, 0.0)] // full off wins
    public void The_four_registers_of_a_channel_give_its_duty(byte[] registers, double duty)
    {
        _chip.Write([0x00, Awake]);
        _chip.Write([0x0A, .. registers]);
        Assert.Equal(duty, _chip.Duty(1));
    }

    [Fact]
    public void A_sleeping_chip_pulses_nothing()
    {
        _chip.Write([0x00, Awake]);
        _chip.Write([0x06, 0, 0, 0, 8]);
        _chip.Write([0x00, 0x30]);
        Assert.Equal(0.0, _chip.Duty(0));
    }

    [Fact]
    public void All_channels_are_loaded_at_once_and_the_loader_reads_zero()
    {
        _chip.Write([0x00, Awake]);
        _chip.Write([0xFA, 0, 0, 0, 4]);
        Assert.All(Enumerable.Range(0, 16), channel => Assert.Equal(0.25, _chip.Duty(channel)));
        _chip.Write([0xFD, 0x10]);
        Assert.All(Enumerable.Range(0, 16), channel => Assert.Equal(0.0, _chip.Duty(channel)));
        byte[] read = [0xAA];
        _chip.Write([0xFD]);
        _chip.Read(read);
        Assert.Equal(0, read[0]);
    }

    [Fact]
    public void RESTART_is_set_when_running_channels_fall_asleep_and_cleared_by_writing_1()
    {
        _chip.Write([0x00, Awake]);
        _chip.Write([0x06, 0, 0, 0, 8]);
        _chip.Write([0x00, 0x30]);
        Assert.Equal(0xB0, _chip.Register(0x00));
        _chip.Write([0x00, Awake]);
        Assert.Equal(0xA0, _chip.Register(0x00));
        _chip.Write([0x00, 0xA0]);
        Assert.Equal(0x20, _chip.Register(0x00));
    }

    [Fact]
    public void RESTART_stays_clear_when_nothing_was_running()
    {
        _chip.Write([0x00, Awake]);
        _chip.Write([0x00, 0x30]);
        Assert.Equal(0x30, _chip.Register(0x00));
    }

    [Fact]
    public void Reserved_registers_are_not_acknowledged_and_reserved_bits_not_kept()
    {
        Assert.False(_chip.Write([0x46, 0]));
        Assert.False(_chip.Write([0xF9, 0]));
        _chip.Write([0x09, 0xFF]);
        Assert.Equal(0x1F, _chip.Register(0x09));
    }

    [Fact]
    public void A_reset_forgets_everything()
    {
        _chip.Write([0x00, Awake]);
        _chip.Write([0x06, 0, 0, 0, 8]);
        _chip.Reset();
        Power_on_gives_the_datasheets_defaults();
    }
}
