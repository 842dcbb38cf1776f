namespace LiquidControl.Training.Observing;

/// <summary>Where an event of an asynchronous stream comes from.</summary>
public enum SampleChannel
{
    /// <summary>Angle of the joint, rad.</summary>
    Encoder,

    /// <summary>Angular rate of the tool about the joint's axis, rad/s.</summary>
    Gyro,

    /// <summary>Current of the joint's motor, A.</summary>
    Current,

    /// <summary>No sample: an estimate is asked for.</summary>
    Query,
}
