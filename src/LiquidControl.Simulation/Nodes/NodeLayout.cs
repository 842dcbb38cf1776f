using LiquidControl.Devices;

namespace LiquidControl.Simulation.Nodes;

/// <summary>Names of the nodes of an arm; <paramref name="Offset"/> is added to every bus and chip number.</summary>
public sealed record NodeLayout(int Offset = 0)
{
    public string I2c => $"i2c-{1 + Offset}";

    public string EncoderSpi => $"spidev{Offset}.0";

    public string CurrentSpi => $"spidev{1 + Offset}.0";

    public string GpioChip => $"gpiochip{Offset}";

    /// <summary>Their paths in a folder.</summary>
    public DcArmNodes In(string folder) => new()
    {
        I2c = Path.Combine(folder, I2c),
        EncoderSpi = Path.Combine(folder, EncoderSpi),
        CurrentSpi = Path.Combine(folder, CurrentSpi),
        GpioChip = Path.Combine(folder, GpioChip),
    };

    public IReadOnlyList<string> All => [I2c, EncoderSpi, CurrentSpi, GpioChip];
}
