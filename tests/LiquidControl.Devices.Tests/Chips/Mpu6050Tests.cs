using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Chips;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Devices.Tests.Chips;

public sealed class Mpu6050Tests
{
    private readonly EmulatedI2cBus _bus = new("i2c-1", 400_000);
    private readonly EmulatedMpu6050 _chip = new(0x68);
    private readonly WireLog _log = new();
    private readonly Mpu6050 _imu;
    private readonly short[] _counts = new short[7];

    public Mpu6050Tests()
    {
        _bus.Attach(_chip);
        _chip.SetCounts([0x0102, -2, 16384, -3920, 131, -131, short.MinValue]);
        _imu = new Mpu6050(_log.Listen(_bus), 0x68);
    }

    [Fact]
    public void Configure_checks_the_identity_and_wakes_the_chip()
    {
        Assert.True(_chip.IsAsleep);
        _imu.Configure();
        Assert.Equal(["68 w 75 r 68", "68 w 6B 01"], _log.Take());
        Assert.False(_chip.IsAsleep);
    }

    [Fact]
    public void A_sample_is_one_burst_of_14_bytes_in_156_bits()
    {
        _imu.Configure();
        _log.Take();
        long bits = _bus.WireBits;
        Assert.Equal(ChannelStatus.Fresh, _imu.Read(_counts));
        Assert.Equal(["68 w 3B r 01 02 FF FE 40 00 F0 B0 00 83 FF 7D 80 00"], _log.Take());
        Assert.Equal(156, _bus.WireBits - bits);
        Assert.Equal([0x0102, -2, 16384, -3920, 131, -131, short.MinValue], _counts);
    }

    [Fact]
    public void A_sleeping_chip_and_stuck_lines_are_out_of_range_and_keep_the_last_sample()
    {
        Assert.Equal(ChannelStatus.OutOfRange, _imu.Read(_counts));
        _imu.Configure();
        _imu.Read(_counts);
        _bus.Stick(0x68, 0xFF, 1);
        Assert.Equal(ChannelStatus.OutOfRange, _imu.Read(_counts));
        _bus.Stick(0x68, 0x00, 1);
        Assert.Equal(ChannelStatus.OutOfRange, _imu.Read(_counts));
        _bus.Fail(0x68, BusResult.Nak, 1);
        Assert.Equal(ChannelStatus.BusError, _imu.Read(_counts));
        Assert.Equal(16384, _counts[2]);
        Assert.Equal(ChannelStatus.Fresh, _imu.Read(_counts));
    }

    [Fact]
    public void Counts_become_SI_units()
    {
        Assert.Equal(9.80665, Mpu6050.Acceleration(16384), 1e-12);
        Assert.Equal(-9.80665 / 2, Mpu6050.Acceleration(-8192), 1e-12);
        Assert.Equal(Math.PI / 180, Mpu6050.AngularVelocity(131), 1e-12);
        Assert.Equal(36.53, Mpu6050.Temperature(0), 1e-12);
        Assert.Equal(25.0, Mpu6050.Temperature(-3920), 0.01);
    }

    [Fact]
    public void Configure_says_what_answered_in_the_place_of_the_chip()
    {
        _bus.Stick(0x68, 0x70, 1);
        Assert.StartsWith(
            "I2C bus i2c-1, address 0x68, MPU-6050 (tool IMU): found WHO_AM_I = 0x70, expected 0x68. An MPU-6500",
            Assert.Throws<HardwareException>(_imu.Configure).Message,
            StringComparison.Ordinal);
        _bus.Fail(0x68, BusResult.Nak, 1);
        Assert.Contains("found no acknowledge (Nak)", Assert.Throws<HardwareException>(_imu.Configure).Message, StringComparison.Ordinal);
    }
}
