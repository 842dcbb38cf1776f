using System.Device.Gpio;
using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using Xunit;

namespace LiquidControl.Devices.Tests.Buses;

public sealed class EmulatedGpioLinesConformanceTests : GpioLinesConformance
{
    protected override IGpioLines Lines => Board.Lines;
}

public sealed class SystemGpioLinesConformanceTests : GpioLinesConformance, IDisposable
{
    private readonly GpioController _controller;
    private readonly GpioLine[] _layout = DcArmWiring.Ar4Dc.GpioLines();

    public SystemGpioLinesConformanceTests()
    {
        _controller = new GpioController(new FakeGpioDriver(Board.Lines, _layout));
        Lines = new SystemGpioLines("gpiochip0", _controller, _layout);
    }

    protected override IGpioLines Lines { get; }

    public void Dispose() => _controller.Dispose();

    [Fact]
    public void A_line_someone_else_holds_is_an_error_that_names_it()
    {
        GpioLine[] held = [new(17, IsOutput: true, InitiallyHigh: false)];
        HardwareException error = Assert.Throws<HardwareException>(() => new SystemGpioLines("gpiochip0", _controller, held));
        Assert.Contains("gpiochip0, line 17: could not be requested (Device or resource busy)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_lines_than_bits_are_an_error_that_says_so()
    {
        GpioLine[] lines = [.. Enumerable.Range(0, 33).Select(offset => new GpioLine(offset, true, false))];
        ArgumentException error = Assert.Throws<ArgumentException>(() => new SystemGpioLines("gpiochip0", _controller, lines));
        Assert.Contains("33 lines found, expected at most 32", error.Message, StringComparison.Ordinal);
    }
}
