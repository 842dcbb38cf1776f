using LiquidControl.Devices.Buses;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Simulation.Tests.Chips;

public sealed class EmulatedI2cBusTests
{
    private readonly EmulatedI2cBus _bus = new("i2c-1", 400_000);

    [Theory]
    [InlineData(25, 0, 236)] // PCA9685, six channels: 26 bytes with the address
    [InlineData(1, 14, 156)] // MPU-6050 burst
    [InlineData(1, 2, 48)]
    [InlineData(0, 2, 29)]
    [InlineData(2, 0, 29)]
    public void Wire_time_is_nine_bits_a_byte_with_start_repeated_start_and_stop(int written, int read, int bits)
    {
        _bus.Attach(new EmulatedMpu6050(0x68));
        Assert.Equal(BusResult.Ok, _bus.Transfer(0x68, new byte[written], new byte[read]));
        Assert.Equal(bits, _bus.WireBits);
        Assert.Equal(bits * 2500L, _bus.BusyNs);
    }

    [Fact]
    public void An_address_nobody_acknowledges_costs_only_its_own_byte()
    {
        Assert.Equal(BusResult.Nak, _bus.Transfer(0x50, new byte[20], new byte[20]));
        Assert.Equal(11, _bus.WireBits);
    }

    [Fact]
    public void Two_chips_at_one_address_answer_with_the_wired_AND()
    {
        EmulatedPca9685 pwm = new(0x40);
        _bus.Attach(pwm);
        _bus.Attach(new EmulatedIna219(0x40));
        byte[] read = new byte[1];

        // MODE1 = 0x11 and the high byte of the configuration 0x39.
        Assert.Equal(BusResult.Ok, _bus.Transfer(0x40, [0x00], read));
        Assert.Equal(0x11 & 0x39, read[0]);

        // Both hear a write: a configuration of the INA219 is a MODE1 and MODE2 of the PCA9685.
        _bus.Transfer(0x40, [0x00, 0x39, 0x9F], []);
        Assert.Equal(0x39, pwm.Register(0x00));
    }

    [Fact]
    public void A_pca9685_fresh_from_power_on_answers_at_the_multiplexers_address_until_ALLCALL_is_off()
    {
        _bus.Attach(new EmulatedPca9685(0x40));
        Assert.Equal(BusResult.Ok, _bus.Transfer(0x70, [0x00], []));
        _bus.Transfer(0x40, [0x00, 0x20], []);
        Assert.Equal(BusResult.Nak, _bus.Transfer(0x70, [0x00], []));
    }

    [Fact]
    public void A_fault_lasts_its_number_of_transfers_or_until_it_is_cleared()
    {
        _bus.Attach(new EmulatedMpu6050(0x68));
        _bus.Fail(0x68, BusResult.ArbitrationLost, 2);
        Assert.Equal([BusResult.ArbitrationLost, BusResult.ArbitrationLost, BusResult.Ok], Enumerable.Range(0, 3).Select(_ => Probe()));

        _bus.Fail(0x68, BusResult.Nak, BusFaults.UntilCleared);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(BusResult.Nak, Probe()));
        _bus.ClearFaults(0x68);
        Assert.Equal(BusResult.Ok, Probe());
    }

    private BusResult Probe() => _bus.Transfer(0x68, [0x75], new byte[1]);
}
