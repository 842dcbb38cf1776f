namespace LiquidControl.Control;

/// <summary>What the limiter changed in this cycle, any joint.</summary>
[Flags]
public enum LimitFlags : ushort
{
    None = 0,

    /// <summary>A torque beyond its limit was clamped.</summary>
    Torque = 1,

    /// <summary>An acceleration beyond its bound was clamped.</summary>
    Acceleration = 2,

    /// <summary>A step of acceleration beyond the jerk bound was clamped.</summary>
    Jerk = 4,

    /// <summary>The joint would have exceeded its velocity.</summary>
    Velocity = 8,

    /// <summary>The joint could no longer have stopped before its position limit.</summary>
    Position = 16,

    /// <summary>The tool is about to leave the workspace box.</summary>
    Workspace = 32,

    /// <summary>A torque was not a number; the model's gravity torque went out instead.</summary>
    NotFinite = 64,

    /// <summary>The drive could not deliver the torque at this supply and speed.</summary>
    DriveSaturated = 128,

    /// <summary>The supply is low: the next plan will be slower.</summary>
    SupplyLow = 256,
}
