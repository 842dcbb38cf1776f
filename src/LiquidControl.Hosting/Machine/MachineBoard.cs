namespace LiquidControl.Hosting.Machine;

/// <summary>The computer as its device tree names it, and how its kernel's command line is edited.</summary>
/// <param name="Kind">Which recipe fits.</param>
/// <param name="Model">Its name; "unknown" without a device tree.</param>
/// <param name="HasGrub">Whether GRUB gives its kernel the command line.</param>
public sealed record MachineBoard(BoardKind Kind, string Model, bool HasGrub)
{
    /// <summary>The I2C and SPI clocks of a Pi 5 come from RP1 and do not follow the core's.</summary>
    internal bool HasRp1 => Kind == BoardKind.RaspberryPi && Model.Contains("Pi 5", StringComparison.Ordinal);

    public static MachineBoard Read(MachineRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        string model = (root.Text("/proc/device-tree/model") ?? "").Trim('\0', ' ');
        var kind = model.StartsWith("Raspberry Pi", StringComparison.Ordinal) ? BoardKind.RaspberryPi
            : model.Contains("Jetson", StringComparison.Ordinal) ? BoardKind.Jetson
            : BoardKind.Other;
        string name = model.Length == 0 ? "unknown" : new([.. model.Where(c => !char.IsControl(c))]);
        return new(kind, name, root.Exists("/etc/default/grub"));
    }

    /// <summary>A line to type that adds options to the kernel's command line.</summary>
    internal string AddBootOptions(string options) => Kind switch
    {
        BoardKind.RaspberryPi => $"sudo sed -i 's/$/ {options}/' /boot/firmware/cmdline.txt && sudo reboot",
        BoardKind.Jetson => $"sudo sed -i '/^ *APPEND/s/$/ {options}/' /boot/extlinux/extlinux.conf && sudo reboot",
        _ when !HasGrub => $"cat /proc/cmdline  # add {options} where the boot loader or the host starts this kernel",
        _ => $"sudo sed -i 's/^GRUB_CMDLINE_LINUX=\"/&{options} /' /etc/default/grub && sudo update-grub && sudo reboot",
    };
}
