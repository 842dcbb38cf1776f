using System.Device.Gpio;
using LiquidControl.Devices.Buses;

namespace LiquidControl.Devices.Tests.Buses;

/// <summary>System.Device.Gpio's GpioDriver over emulated lines, failing as its Unix drivers do.</summary>
internal sealed class FakeGpioDriver(IGpioLines lines, GpioLine[] layout) : GpioDriver
{
    private readonly Dictionary<int, PinMode> _modes = [];

    protected override int PinCount => 32;

    protected override void OpenPin(int pinNumber) =>
        _modes[pinNumber] = Bit(pinNumber) >= 0 ? PinMode.Input : throw new IOException("Device or resource busy");

    protected override void ClosePin(int pinNumber) => _modes.Remove(pinNumber);

    protected override void SetPinMode(int pinNumber, PinMode mode) => _modes[pinNumber] = mode;

    protected override PinMode GetPinMode(int pinNumber) => _modes[pinNumber];

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => mode is PinMode.Output or PinMode.InputPullUp;

    protected override PinValue Read(int pinNumber)
    {
        Check(lines.Read(out uint values));
        return (values >> Bit(pinNumber) & 1) != 0;
    }

    protected override void Write(int pinNumber, PinValue value)
    {
        int bit = Bit(pinNumber);
        Check(lines.Write((value == PinValue.High ? 1u : 0u) << bit, 1u << bit));
    }

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    protected override void AddCallbackForPinValueChangedEvent(
        int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) => throw new NotSupportedException();

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) =>
        throw new NotSupportedException();

    private static void Check(BusResult result)
    {
        if (result != BusResult.Ok)
        {
            throw new IOException($"Error while reading value from pin: {LinuxErrors.Number(result)}");
        }
    }

    private int Bit(int pinNumber)
    {
        int bit = layout.Length - 1;
        while (bit >= 0 && layout[bit].Offset != pinNumber)
        {
            bit--;
        }

        return bit;
    }
}
