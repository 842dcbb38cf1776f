using System.Text;
using LiquidControl.Control;
using LiquidControl.Devices.Linux;

namespace LiquidControl.Devices.Buses;

/// <summary>What a GPIO chip is called by its driver: by it an emulated one can be told from a real one.</summary>
public static unsafe class GpioChipLabel
{
    public const string Emulated = "emulated";

    /// <summary>With an arm behind it that moves only when the heartbeat does.</summary>
    public const string EmulatedInLockstep = "emulated-lockstep";

    /// <summary>Asks a chip; requests no line.</summary>
    /// <exception cref="HardwareException">There is no chip.</exception>
    public static string Of(string path)
    {
        using DeviceFile chip = DeviceFile.Open("GPIO chip", path, "Check that the kernel has the chip's driver and GPIO character devices (CONFIG_GPIO_CDEV)");
        GpioChipInfo info;
        int result = chip.Control(GpioDev.GetChipInfo, &info);
        if (result < 0)
        {
            throw new HardwareException($"GPIO chip {path}: found {DeviceFile.Text(-result)}, expected a chip that says its label. Check the path.");
        }

        ReadOnlySpan<byte> label = new(info.Label, GpioDev.NameLength);
        int end = label.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? label : label[..end]);
    }
}
