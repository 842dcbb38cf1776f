using System.Globalization;
using LiquidControl.Devices;

namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Whether the transfers of a cycle fit into its period.</summary>
internal sealed class BusBudgetCheck() : MachineCheck("bus budget", "at most 90 % of a period on the wires in the longest cycle")
{
    private const double Comfortable = 90.0;
    private const double Full = 100.0;

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (demand.Wiring is not { } wiring) return NotHere("the robot has no bus");
        int? told = BusClock.Hz(root, demand.NodesOn(root).I2c);
        int clock = told ?? DcArmWiring.I2cHz;
        var budget = BusBudget.Of(wiring, clock);
        double longest = Percent(budget.LongestNs, demand.Rate), mean = Percent(budget.MeanNs, demand.Rate);
        string found = string.Create(
            CultureInfo.InvariantCulture,
            $"{longest:F0} % ({budget.LongestNs / 1000} µs) in the longest cycle, {mean:F0} % in the mean, at {demand.Rate:G6} Hz and I2C {(told is null ? "supposed " : "")}{clock / 1000} kHz");
        string mend = clock < DcArmWiring.I2cHz
            ? MachineBoard.Read(root).Kind == BoardKind.RaspberryPi
                ? "echo dtparam=i2c_arm_baudrate=400000 | sudo tee -a /boot/firmware/config.txt && sudo reboot"
                : "dtc -I fs -O dts /proc/device-tree | less  # the bus needs clock-frequency = <400000> in the board's device tree"
            : string.Create(CultureInfo.InvariantCulture, $"sed -i 's/^rate_hz = .*/rate_hz = {FittingRate(budget.LongestNs)}/' firmware-config/robots/*/robot.toml  # or lower it in one");
        return longest <= Comfortable ? Ok(found) : longest <= Full ? Warning(found, mend) : Fails(found, mend);
    }

    private static double Percent(double ns, double rate) => ns * rate * 1e-7;

    /// <summary>The next lower multiple of 50 Hz at which the longest cycle is comfortable.</summary>
    private static int FittingRate(long longestNs) => (int)(Comfortable * 1e7 / longestNs / 50.0) * 50;
}
