namespace LiquidControl.Control;

/// <summary>Why the controller left Active: every cause since, until cleared or activated anew.</summary>
[Flags]
public enum FaultCause : uint
{
    None = 0,

    /// <summary>An encoder gave no fresh frame for too long.</summary>
    EncoderSilent = 1,

    /// <summary>An encoder stayed implausible for too long.</summary>
    EncoderImplausible = 2,

    /// <summary>Two cycles lay too far apart.</summary>
    LoopLate = 4,

    /// <summary>The drives could not be written in three cycles running, or their chip's mode not be read back or restored three times.</summary>
    DriveBus = 8,

    /// <summary>The emergency-stop circuit is open, or could not be read in three cycles running.</summary>
    EmergencyStop = 16,

    /// <summary>A joint is too far from its reference.</summary>
    TrackingError = 32,

    /// <summary>A joint moves faster or stands further than its limit and margin.</summary>
    LimitExceeded = 64,

    /// <summary>The tool would leave the workspace box.</summary>
    WorkspaceExit = 128,

    /// <summary>The law asked for a torque that is not a number.</summary>
    NotFinite = 256,

    /// <summary>The clock stood still or ran backwards between two cycles.</summary>
    BadInterval = 512,

    /// <summary>An encoder kept its count while its joint should have moved: it is frozen, or the joint jammed.</summary>
    EncoderFrozen = 1024,

    /// <summary>Whoever posts goals did not renew the lease while the arm moved.</summary>
    SetpointSilent = 2048,

    /// <summary>A person asked for a stop.</summary>
    OperatorStop = 4096,

    /// <summary>The motor supply is too low to move with.</summary>
    SupplyLow = 8192,

    /// <summary>A joint met something.</summary>
    Collision = 16384,

    /// <summary>A drive does not do what it is told.</summary>
    ActuatorFault = 32768,

    /// <summary>An encoder's magnet is too far away or off centre.</summary>
    MagnetLost = 65536,
}
