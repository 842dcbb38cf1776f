using LiquidControl.Control;
using LiquidControl.Devices.Buses;

namespace LiquidControl.Devices;

/// <summary>The device nodes an arm with DC bridges is wired to, open, and the drivers on them. Dispose closes the nodes, not the arm.</summary>
public sealed class DcArmDevices : IDisposable
{
    private const int EncoderMode = 1;
    private const int CurrentMode = 0;

    private readonly IoctlI2cBus _i2c;
    private readonly IoctlSpiBus? _encoders;
    private readonly IoctlSpiBus? _currents;
    private readonly IoctlGpioLines? _lines;

    /// <exception cref="HardwareException">A node cannot be opened or set up.</exception>
    public DcArmDevices(DcArmWiring wiring, DcArmNodes nodes)
    {
        _i2c = new IoctlI2cBus(nodes.I2c);
        try
        {
            _encoders = new IoctlSpiBus(nodes.EncoderSpi, EncoderMode, DcArmWiring.EncoderSpiHz);
            _currents = new IoctlSpiBus(nodes.CurrentSpi, CurrentMode, DcArmWiring.CurrentSpiHz);
            _lines = new IoctlGpioLines(nodes.GpioChip, wiring.GpioLines());
            Hardware = new DcArmHardware(wiring, _i2c, _encoders, _currents, _lines);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public DcArmHardware Hardware { get; }

    public void Dispose()
    {
        _i2c.Dispose();
        _encoders?.Dispose();
        _currents?.Dispose();
        _lines?.Dispose();
    }
}
