using LiquidControl.Devices;

namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>The clock of the bus with the PWM chip, the IMU and the supply monitor; a board starts with 100 kHz.</summary>
internal sealed class I2cClockCheck() : MachineCheck("I2C clock", $"{DcArmWiring.I2cHz / 1000} kHz, which the bus budget assumes and the chips allow")
{
    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (demand.Wiring is null) return NotHere("the robot has no bus");
        string node = demand.NodesOn(root).I2c;
        if (BusClock.Hz(root, node) is not { } clock) return Undetermined(BusClock.PathOf(node));
        if (clock == DcArmWiring.I2cHz) return Ok($"{clock / 1000} kHz");
        return Warning($"{clock / 1000.0:G4} kHz at {node}", MachineBoard.Read(root).Kind switch
        {
            BoardKind.RaspberryPi => "echo dtparam=i2c_arm_baudrate=400000 | sudo tee -a /boot/firmware/config.txt && sudo reboot",
            _ => "dtc -I fs -O dts /proc/device-tree | less  # the bus needs clock-frequency = <400000> in the board's device tree",
        });
    }
}
