using LiquidControl.Control;
using LiquidControl.Devices.Buses;

namespace LiquidControl.Devices.Chips;

/// <summary>The words of a failed Configure: bus, place, chip, found, expected, what to check.</summary>
internal static class ChipError
{
    public static HardwareException At(II2cBus bus, int address, string chip, string found, string expected, string remedy) =>
        new($"I2C bus {bus.Name}, address 0x{address:X2}, {chip}: found {found}, expected {expected}. {remedy}");

    public static HardwareException At(ISpiBus bus, string chip, string found, string expected, string remedy) =>
        new($"SPI bus {bus.Name}, {chip}: found {found}, expected {expected}. {remedy}");

    public static HardwareException At(IGpioLines lines, string line, string found, string expected, string remedy) =>
        new($"GPIO chip {lines.Name}, {line}: found {found}, expected {expected}. {remedy}");

    /// <summary>What a bus result means to someone with a screwdriver.</summary>
    public static string Found(BusResult result) => result switch
    {
        BusResult.Nak => "no acknowledge (Nak)",
        BusResult.Timeout => "no end of the transfer (Timeout)",
        BusResult.NoDevice => "no such device (NoDevice)",
        _ => result.ToString(),
    };
}
