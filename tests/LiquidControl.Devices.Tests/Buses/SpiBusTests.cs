using LiquidControl.Devices.Buses;

namespace LiquidControl.Devices.Tests.Buses;

public sealed class EmulatedSpiBusConformanceTests : SpiBusConformance
{
    protected override ISpiBus Bus => Board.CurrentSpi;
}

public sealed class SystemSpiBusConformanceTests : SpiBusConformance
{
    public SystemSpiBusConformanceTests() => Bus = new SystemSpiBus("spi1.0", new FakeSpiDevice(Board.CurrentSpi));

    protected override ISpiBus Bus { get; }
}
