using System.Device.I2c;
using System.Device.Spi;
using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Tests.Buses;

namespace LiquidControl.Devices.Tests.Nodes;

public sealed class IoctlI2cBusConformanceTests : I2cBusConformance, IDisposable
{
    private readonly NodeRig _rig;
    private readonly IoctlI2cBus _bus;

    public IoctlI2cBusConformanceTests()
    {
        NodeRig.Require();
        _rig = new NodeRig(Board);
        _bus = new IoctlI2cBus(_rig.PathOf(_rig.Layout.I2c));
    }

    protected override II2cBus Bus => _bus;

    public void Dispose()
    {
        _bus?.Dispose();
        _rig?.Dispose();
    }
}

public sealed class IoctlSpiBusConformanceTests : SpiBusConformance, IDisposable
{
    private readonly NodeRig _rig;
    private readonly IoctlSpiBus _bus;

    public IoctlSpiBusConformanceTests()
    {
        NodeRig.Require();
        _rig = new NodeRig(Board);
        _bus = new IoctlSpiBus(_rig.PathOf(_rig.Layout.CurrentSpi), mode: 0, DcArmWiring.CurrentSpiHz);
    }

    protected override ISpiBus Bus => _bus;

    public void Dispose()
    {
        _bus?.Dispose();
        _rig?.Dispose();
    }
}

public sealed class IoctlGpioLinesConformanceTests : GpioLinesConformance, IDisposable
{
    private readonly NodeRig _rig;
    private readonly IoctlGpioLines _lines;

    public IoctlGpioLinesConformanceTests()
    {
        NodeRig.Require();
        _rig = new NodeRig(Board);
        _lines = _rig.Filtered(() => new IoctlGpioLines(_rig.PathOf(_rig.Layout.GpioChip), DcArmWiring.Ar4Dc.GpioLines()));
    }

    protected override IGpioLines Lines => _lines;

    public void Dispose()
    {
        _lines?.Dispose();
        _rig?.Dispose();
    }
}

/// <summary>System.Device.Gpio's own I2C driver, unmodified, on /dev/i2c-N.</summary>
public sealed class SystemI2cNodeConformanceTests : I2cBusConformance, IDisposable
{
    private readonly NodeRig _rig;
    private readonly I2cDevice[] _devices;

    public SystemI2cNodeConformanceTests()
    {
        NodeRig.Require();
        _rig = new NodeRig(Board, linked: true);
        _devices = [.. new[] { 0x33, 0x40, 0x41, 0x68 }.Select(address => I2cDevice.Create(new I2cConnectionSettings(_rig.I2cBus, address)))];
        Bus = new SystemI2cBus("i2c", _devices);
    }

    protected override II2cBus Bus { get; }

    public void Dispose()
    {
        Array.ForEach(_devices ?? [], device => device.Dispose());
        _rig?.Dispose();
    }
}

/// <summary>System.Device.Gpio's own SPI driver, unmodified, on /dev/spidevB.C.</summary>
public sealed class SystemSpiNodeConformanceTests : SpiBusConformance, IDisposable
{
    private readonly NodeRig _rig;
    private readonly SpiDevice _device;

    public SystemSpiNodeConformanceTests()
    {
        NodeRig.Require();
        _rig = new NodeRig(Board, linked: true);
        _device = SpiDevice.Create(new SpiConnectionSettings(_rig.I2cBus, 0) { Mode = SpiMode.Mode0, ClockFrequency = DcArmWiring.CurrentSpiHz });
        Bus = new SystemSpiBus("spi", _device);
    }

    protected override ISpiBus Bus { get; }

    public void Dispose()
    {
        _device?.Dispose();
        _rig?.Dispose();
    }
}
