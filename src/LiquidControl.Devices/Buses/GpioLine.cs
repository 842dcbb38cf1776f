namespace LiquidControl.Devices.Buses;

/// <summary>One line of a request: its offset on the GPIO chip and its use.</summary>
/// <param name="Offset">Line offset on the chip (on a Raspberry Pi the BCM number).</param>
/// <param name="IsOutput">False for an input with the chip's pull-up.</param>
/// <param name="InitiallyHigh">Level an output takes when it is requested.</param>
public readonly record struct GpioLine(int Offset, bool IsOutput, bool InitiallyHigh);
