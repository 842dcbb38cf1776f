namespace LiquidControl.Devices;

/// <summary>Where one joint's drive and sensors are connected.</summary>
public sealed record DcJointWiring
{
    /// <summary>PCA9685 channel of the bridge's PWM input, 0 to 15.</summary>
    public required int PwmChannel { get; init; }

    /// <summary>GPIO line of the bridge's direction input.</summary>
    public required int DirectionLine { get; init; }

    /// <summary>+1 when a high direction line drives the joint in its positive sense, -1 when a low one does.</summary>
    public int DirectionSign { get; init; } = 1;

    /// <summary>Position in the encoder chain; 0 is the chip nearest to the controller's data output.</summary>
    public required int EncoderPosition { get; init; }

    /// <summary>MCP3008 channel of the motor current, 0 to 7.</summary>
    public required int CurrentChannel { get; init; }
}
