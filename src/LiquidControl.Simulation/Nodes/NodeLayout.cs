namespace LiquidControl.Simulation.Nodes;

/// <summary>Names of the nodes of an arm; <paramref name="Offset"/> is added to every bus and chip number.</summary>
public sealed record NodeLayout(int Offset = 0)
{
    public string I2c => $"i2c-{1 + Offset}";

    public string EncoderSpi => $"spidev{Offset}.0";

    public string CurrentSpi => $"spidev{1 + Offset}.0";

    public string GpioChip => $"gpiochip{Offset}";

    public IReadOnlyList<string> All => [I2c, EncoderSpi, CurrentSpi, GpioChip];
}
