using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Tests.Buses;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Devices.Tests;

public sealed class ConfigureTests
{
    [Fact]
    public void Configure_leaves_the_outputs_disabled_and_every_channel_off()
    {
        ArmRig rig = new();
        rig.Hardware.Configure();
        Assert.False(rig.Board.BridgesEnabled);
        Assert.All(Enumerable.Range(0, 6), joint => Assert.Equal(0.0, rig.Board.PwmDuty(joint)));
    }

    [Fact]
    public void Configure_can_be_repeated_on_a_running_arm_and_stops_it()
    {
        ArmRig rig = ArmRig.Active();
        rig.Cycles(7, 0.8);
        rig.Hardware.Configure();
        Assert.False(rig.Board.BridgesEnabled);
        rig.Cycle(0.8);
        Assert.Equal(0.0, rig.Board.PwmDuty(0));
    }

    [Theory]
    [InlineData(0x40, "PCA9685")]
    [InlineData(0x41, "INA219")]
    [InlineData(0x68, "MPU-6050")]
    public void A_missing_chip_is_named_with_bus_and_address(int address, string chip)
    {
        ArmRig rig = new();
        rig.Board.Faults.FailI2c(address, BusResult.Nak);
        HardwareException error = Assert.Throws<HardwareException>(rig.Hardware.Configure);
        Assert.Contains($"I2C bus emulated i2c-1, address 0x{address:X2}, {chip}", error.Message, StringComparison.Ordinal);
        Assert.Contains("found no acknowledge (Nak), expected an acknowledge. Check", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "before Configure succeeded",
            Assert.Throws<HardwareException>(rig.Hardware.Activate).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_cannot_be_driven_are_named()
    {
        ArmRig rig = new();
        rig.Board.Faults.FailLines(BusResult.Refused);
        Assert.StartsWith(
            "GPIO chip emulated gpiochip0, enable, heartbeat and emergency-stop lines: found Refused",
            Assert.Throws<HardwareException>(rig.Hardware.Configure).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Activate_refuses_a_pwm_chip_that_does_not_answer()
    {
        ArmRig rig = new();
        rig.Hardware.Configure();
        rig.Board.Faults.FailI2c(0x40, BusResult.Nak);
        HardwareException error = Assert.Throws<HardwareException>(rig.Hardware.Activate);
        Assert.Contains("expected an acknowledge of all-off", error.Message, StringComparison.Ordinal);
        Assert.False(rig.Hardware.IsActive);
    }

    [Fact]
    public void The_whole_arm_runs_over_System_Device_Gpio_too()
    {
        EmulatedArmBoard board = new(DcArmWiring.Ar4Dc);
        GpioLine[] layout = DcArmWiring.Ar4Dc.GpioLines();
        using System.Device.Gpio.GpioController controller = new(new FakeGpioDriver(board.Lines, layout));
        DcArmHardware hardware = new(
            DcArmWiring.Ar4Dc,
            new SystemI2cBus("i2c-1", new FakeI2cDevice(board.I2c, 0x40), new FakeI2cDevice(board.I2c, 0x41), new FakeI2cDevice(board.I2c, 0x68)),
            new SystemSpiBus("spi0.0", new FakeSpiDevice(board.EncoderSpi)),
            new SystemSpiBus("spi1.0", new FakeSpiDevice(board.CurrentSpi)),
            new SystemGpioLines("gpiochip0", controller, layout));
        hardware.Configure();
        hardware.Activate();
        board.SetEncoderCounts(3, 1234);
        SensorFrame frame = new(6);
        Assert.Equal(HardwareFaults.None, hardware.Read(0, frame));
        Assert.Equal(HardwareFaults.None, hardware.Write([0.5, -0.5, 0, 0, 0, 1.0]));
        Assert.Equal(1234, frame.EncoderCounts[3]);
        Assert.Equal([0.5, -0.5, 0, 0, 0, 1.0], Enumerable.Range(0, 6).Select(board.Drive));

        board.Faults.FailI2c(0x40, BusResult.Nak);
        Assert.Equal(HardwareFaults.PwmBus, hardware.Write([0.5, 0.5, 0, 0, 0, 1.0]));
    }
}
