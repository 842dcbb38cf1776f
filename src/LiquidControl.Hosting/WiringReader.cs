using LiquidControl.Devices;
using LiquidControl.Hosting.Toml;

namespace LiquidControl.Hosting;

/// <summary>[wiring] and the joints' channels, each of which may be used once.</summary>
internal static class WiringReader
{
    private const int LastGpioLine = 511;

    public static DcArmWiring Read(TomlSection section, IReadOnlyList<JointConfiguration> joints)
    {
        var wiring = new DcArmWiring
        {
            Joints = [.. joints.Select(joint => Joint(joint.Drive!))],
            PwmAddress = Address(section, "pwm_address"),
            SupplyAddress = Address(section, "supply_address"),
            ImuAddress = Address(section, "imu_address"),
            PwmFrequency = section.Number("pwm_frequency_hz", new NumberRange(24.0, 1526.0), "The PCA9685 divides its 25 MHz clock to this range."),
            EnableLine = section.Integer("enable_line", 0, LastGpioLine),
            HeartbeatLine = section.Integer("heartbeat_line", 0, LastGpioLine),
            EmergencyStopLine = section.Integer("emergency_stop_line", 0, LastGpioLine),
            StatusLedLine = section.Integer("status_led_line", 0, LastGpioLine),
            ImuDecimation = section.Integer("imu_every_cycles", 4, 1000),
            SupplyDecimation = section.Integer("supply_every_cycles", 4, 1000),
        };
        if (section.Exists) CheckSection(section, wiring);
        CheckJoints(section, wiring, joints);
        section.RejectUnknownKeys();
        return wiring;
    }

    private static DcJointWiring Joint(DcDriveConfiguration drive) => new()
    {
        PwmChannel = drive.PwmChannel,
        DirectionLine = drive.DirectionLine,
        DirectionSign = drive.DriveDirection,
        EncoderPosition = drive.EncoderPosition,
        CurrentChannel = drive.CurrentChannel,
    };

    /// <summary>Seven-bit I2C addresses, without those the bus reserves.</summary>
    private static int Address(TomlSection section, string key) => section.Integer(key, 0x08, 0x77, "A seven-bit I2C address, 0x08 to 0x77.");

    private static void CheckSection(TomlSection section, DcArmWiring wiring)
    {
        var addresses = new Uses("I2C address", hexadecimal: true);
        addresses.Add(section, "pwm_address", wiring.PwmAddress);
        addresses.Add(section, "supply_address", wiring.SupplyAddress);
        addresses.Add(section, "imu_address", wiring.ImuAddress);
        if (wiring.SupplyDecimation % wiring.ImuDecimation != 0)
        {
            section.Report(
                "supply_every_cycles", $"{wiring.SupplyDecimation}", $"a multiple of imu_every_cycles ({wiring.ImuDecimation})",
                "Then no cycle reads two slow chips.");
        }
    }

    private static void CheckJoints(TomlSection section, DcArmWiring wiring, IReadOnlyList<JointConfiguration> joints)
    {
        var lines = new Uses("GPIO line");
        if (section.Exists)
        {
            lines.Add(section, "enable_line", wiring.EnableLine);
            lines.Add(section, "heartbeat_line", wiring.HeartbeatLine);
            lines.Add(section, "emergency_stop_line", wiring.EmergencyStopLine);
            lines.Add(section, "status_led_line", wiring.StatusLedLine);
        }

        var channels = new Uses("PWM channel");
        var currents = new Uses("current channel");
        var positions = new Uses("chain position");
        foreach (var joint in joints)
        {
            var bridge = joint.Section.OptionalSection("bridge");
            lines.Add(bridge, "direction_line", joint.Drive!.DirectionLine);
            channels.Add(bridge, "pwm_channel", joint.Drive.PwmChannel);
            currents.Add(joint.Section.OptionalSection("current"), "channel", joint.Drive.CurrentChannel);
            positions.Add(joint.Section.OptionalSection("encoder"), "chain_position", joint.Drive.EncoderPosition);
            if (channels.AreDistinct && joint.Drive.PwmChannel >= wiring.FirstPwmChannel + joints.Count)
            {
                bridge?.Report(
                    "pwm_channel", $"{joint.Drive.PwmChannel}", $"{wiring.FirstPwmChannel} to {wiring.FirstPwmChannel + joints.Count - 1}",
                    "All bridges are written in one transfer: their channels must follow one another.");
            }
        }
    }

    /// <summary>Who uses which number; a second use is an error.</summary>
    private sealed class Uses(string what, bool hexadecimal = false)
    {
        private readonly Dictionary<int, string> _users = [];

        public bool AreDistinct { get; private set; } = true;

        public void Add(TomlSection? section, string key, int number)
        {
            // A key that is missing or wrong has its own error already.
            if (section is null || !section.IsSound(key)) return;
            if (_users.TryAdd(number, section.PathOf(key))) return;
            AreDistinct = false;
            string shown = hexadecimal ? $"0x{number:X2}" : $"{number}";
            section.Report(key, $"{what} {shown} again", $"a {what} of its own", $"{_users[number]} uses it: change one of the two.");
        }
    }
}
