namespace LiquidControl.Control;

/// <summary>What went wrong on the buses in one Read or Write; details stand in the channels' status.</summary>
[Flags]
public enum HardwareFaults : ushort
{
    None = 0,
    EncoderBus = 1,
    CurrentBus = 2,
    PwmBus = 4,
    DirectionLines = 8,
    ImuBus = 16,
    SupplyBus = 32,
    EnableLine = 64,
    EmergencyStopLine = 128,

    /// <summary>The PWM chip lost its configuration and was initialised again from zero duty.</summary>
    PwmReset = 256,
}
