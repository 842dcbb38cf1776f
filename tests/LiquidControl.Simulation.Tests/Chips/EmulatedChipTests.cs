using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Simulation.Tests.Chips;

/// <summary>The smaller emulated chips, byte by byte.</summary>
public sealed class EmulatedChipTests
{
    [Theory]
    [InlineData(new byte[] { 0x01, 0xA0, 0x00 }, new byte[] { 0xFF, 0xFB, 0x21 })]
    [InlineData(new byte[] { 0x00, 0xA0, 0x00 }, new byte[] { 0xFF, 0xFF, 0xFF })] // no start bit
    [InlineData(new byte[] { 0x01, 0x20, 0x00 }, new byte[] { 0xFF, 0xFF, 0xFF })] // differential, not emulated
    public void Mcp3008_answers_a_single_ended_conversion_with_a_null_bit_and_ten_bits(byte[] write, byte[] expected)
    {
        EmulatedMcp3008 chip = new();
        chip.SetCounts(2, 0x321);
        byte[] read = new byte[3];
        chip.Exchange(write, read);
        Assert.Equal(expected, read);
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(5000, 1023)]
    public void Mcp3008_saturates(int counts, int expected)
    {
        EmulatedMcp3008 chip = new();
        chip.SetCounts(0, counts);
        byte[] read = new byte[3];
        chip.Exchange([0x01, 0x80, 0x00], read);
        Assert.Equal(expected, (read[1] & 3) << 8 | read[2]);
    }

    [Fact]
    public void Mpu6050_gives_zeros_until_it_is_woken_and_again_after_a_reset()
    {
        EmulatedMpu6050 chip = new(0x68);
        chip.SetCounts([1, 2, 3, 4, 5, 6, -7]);
        Assert.All(Burst(chip), value => Assert.Equal(0, value));
        chip.Write([0x6B, 0x01]);
        Assert.Equal([0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0xFF, 0xF9], Burst(chip));
        chip.Write([0x6B, 0x80]);
        Assert.All(Burst(chip), value => Assert.Equal(0, value));
        Assert.True(chip.IsAsleep);
    }

    [Fact]
    public void Mpu6050_keeps_its_identity_and_data_from_being_written()
    {
        EmulatedMpu6050 chip = new(0x68);
        chip.Write([0x75, 0x00]);
        chip.Write([0x3B, 0x55]);
        byte[] read = new byte[1];
        chip.Write([0x75]);
        chip.Read(read);
        Assert.Equal(0x68, read[0]);
        Assert.Equal(0, Burst(chip)[0]);
    }

    [Theory]
    [InlineData(24.0, 0xBB82)]
    [InlineData(0.0, 0x0002)]
    [InlineData(-1.0, 0x0002)]
    [InlineData(99.0, 8000 << 3 | 2)]
    public void Ina219_gives_the_bus_voltage_in_4_mV_above_its_status_bits(double volts, int register)
    {
        EmulatedIna219 chip = new(0x41);
        chip.SetBusVoltage(volts);
        Assert.Equal(register, Register(chip, 2));
    }

    [Fact]
    public void Ina219_current_and_power_are_zero_until_calibrated_and_then_follow_the_datasheet()
    {
        EmulatedIna219 chip = new(0x41);
        chip.SetBusVoltage(12.0);
        chip.SetShuntVoltage(-0.02);
        Assert.Equal(0xF830, Register(chip, 1)); // -2000
        Assert.Equal(0, Register(chip, 4));

        // Datasheet example: 0.04096 / (1 mA · 2 mΩ) = 20480; current LSB 1 mA, so 10 A; power LSB 20 mW, so 120 W.
        chip.Write([0x05, 0x50, 0x00]);
        Assert.Equal(-10000, (short)Register(chip, 4));
        Assert.Equal(6000, Register(chip, 3));
        chip.Write([0x00, 0x80, 0x00]);
        Assert.Equal(0, Register(chip, 4));
        Assert.Equal(0x399F, Register(chip, 0));
    }

    [Fact]
    public void Ina219_has_six_registers() => Assert.False(new EmulatedIna219(0x41).Write([0x06]));

    [Fact]
    public void A_monostable_is_high_for_its_period_after_the_last_trigger()
    {
        Monostable monostable = new(10);
        Assert.False(monostable.IsHigh(0));
        monostable.Trigger(0);
        Assert.True(monostable.IsHigh(9));
        Assert.False(monostable.IsHigh(10));
        monostable.Trigger(20);
        monostable.Trigger(25);
        Assert.True(monostable.IsHigh(34));
        Assert.False(monostable.IsHigh(35));
    }

    private static byte[] Burst(EmulatedMpu6050 chip)
    {
        byte[] read = new byte[14];
        chip.Write([0x3B]);
        chip.Read(read);
        return read;
    }

    private static int Register(EmulatedIna219 chip, byte register)
    {
        byte[] read = new byte[2];
        chip.Write([register]);
        chip.Read(read);
        return read[0] << 8 | read[1];
    }
}
