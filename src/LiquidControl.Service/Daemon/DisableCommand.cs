using LiquidControl.Control;
using LiquidControl.Hosting;

namespace LiquidControl.Service.Daemon;

/// <summary>`liquidcontrold disable`: outputs off, for whoever finds the arm without a daemon. The unit runs it after every end.</summary>
internal static class DisableCommand
{
    public const string Usage =
        """
        Usage: liquidcontrold disable [options]    switches the outputs off: OE high, every PWM channel off

          --robot NAME         a robot's name, or the path of its robot.toml [ar4-dc]
          --dev FOLDER         of the device nodes [/dev]

        """;

    private const int Failed = 1;

    /// <exception cref="HardwareException">The chips cannot be reached.</exception>
    public static int Run(string[] words, TextWriter output)
    {
        Arguments arguments = new(words, ["--robot", "--dev"], []);
        var robot = RobotConfiguration.Load(RobotCatalog.Find(arguments.Text("--robot") ?? "ar4-dc"));
        using var devices = DeviceArmSide.Open(robot, RunOptions.NodesIn(arguments.Text("--dev"), robot));
        HardwareFaults faults = devices.Hardware.Disable();
        output.WriteLine(faults == HardwareFaults.None ? "Outputs disabled." : $"error: outputs may be on: {faults}. Press the emergency stop.");
        return faults == HardwareFaults.None ? 0 : Failed;
    }
}
