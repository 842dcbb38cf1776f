namespace LiquidControl.Devices;

/// <summary>Paths of the device nodes an arm with DC bridges is wired to.</summary>
public sealed record DcArmNodes
{
    public string I2c { get; init; } = "/dev/i2c-1";

    public string EncoderSpi { get; init; } = "/dev/spidev0.0";

    public string CurrentSpi { get; init; } = "/dev/spidev1.0";

    public string GpioChip { get; init; } = "/dev/gpiochip0";
}
