namespace LiquidControl.Control;

/// <summary>What is amiss and made up for: the arm goes on, and a person should look after it.</summary>
[Flags]
public enum Notices : uint
{
    None = 0,

    /// <summary>Many encoder frames are lost or rejected.</summary>
    FramesLost = 1,

    /// <summary>The tool's inertial sensor is silent, gives the same counts again and again, or stands at the end of its scale.</summary>
    InertialSensor = 2,

    /// <summary>
    /// A joint needs much more torque than the model explains, and <see cref="CycleRecord.UnexplainedTorque"/> tells which: a motor that is weak,
    /// a payload that the model does not know, friction.
    /// </summary>
    UnexplainedTorque = 4,
}
