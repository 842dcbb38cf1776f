using LiquidControl.Control;

namespace LiquidControl.Rig.Campaigns;

/// <summary>What a controller must make of a fault.</summary>
internal enum Noticeable
{
    /// <summary>Leave Active by the deadline.</summary>
    Always,

    /// <summary>The same during a move that does not end before.</summary>
    DuringAMove,

    /// <summary>It is no fault, or one that is made up for: stay Active.</summary>
    Never,

    /// <summary>It may leave Active or not: only the limits must hold.</summary>
    Perhaps,

    /// <summary>Give up what its network adds by the deadline, and stay Active.</summary>
    ByTheResidual,

    /// <summary>Nothing, for it is not there any more: the electronics must switch off.</summary>
    ByTheElectronics,
}

/// <summary>
/// What a fault of a campaign must lead to: a row of the fault table. A deadline is the table's detection deadline and two cycles of reaction.
/// </summary>
/// <param name="Fault">Its name.</param>
/// <param name="Min">Its number is drawn from here; with either sign where both are.</param>
/// <param name="Max">To here.</param>
/// <param name="IsSigned">Whether it may be negative as well.</param>
/// <param name="Noticed">What must be made of it.</param>
/// <param name="State">Where it leads; null for anywhere but Active.</param>
/// <param name="WithinMs">By then.</param>
/// <param name="Shows">Since when the deadline runs; null for since it happened.</param>
/// <param name="VelocityMargin">Beyond a joint's limit.</param>
/// <param name="FreesLimits">Whether its joints may leave their limits: pushed from outside, or with a drive that nothing can be told any more.</param>
/// <param name="Joints">On joints 1 to this.</param>
/// <param name="Notice">What a person must be told by the deadline.</param>
internal sealed record FaultRow(
    string Fault, double Min, double Max, bool IsSigned, Noticeable Noticed, ControlState? State = null, double WithinMs = 0.0, FaultShows? Shows = null,
    double VelocityMargin = 0.1, bool FreesLimits = false, int Joints = 6, Notices Notice = Notices.None)
{
    /// <summary>
    /// Until an encoder that drifts is found out, by some 50 mrad, the law keeps to what it says: the joint is faster than planned by its drift.
    /// </summary>
    private const double Misled = 0.3;

    /// <summary>What meets something hard passes its momentum on to other joints before anybody can do anything.</summary>
    private const double Impact = 1.0;

    public static IReadOnlyList<FaultRow> All { get; } =
    [
        new("pwm-nak", 0, 0, false, Noticeable.Always, ControlState.Inactive, 8),
        new("pwm-timeout", 0, 0, false, Noticeable.Always, ControlState.Inactive, 8),
        new("pwm-nak-once", 1, 3, false, Noticeable.Never),
        new("pwm-stuck", 0, 0, false, Noticeable.Always, ControlState.Inactive, 70),
        new("pwm-reset", 0, 0, false, Noticeable.Perhaps),
        new("encoder-bad-frames", 1, 6, false, Noticeable.Never),
        new("encoder-flag", 1, 3, false, Noticeable.Never),
        new("encoder-parity", 0, 0, false, Noticeable.Always, ControlState.Stopped, 112),
        new("encoder-silent", 0, 0, false, Noticeable.Always, ControlState.Stopped, 112),
        new("encoder-stuck-low", 0, 0, false, Noticeable.Always, ControlState.Stopped, 112),
        new("encoder-stuck-high", 0, 0, false, Noticeable.Always, ControlState.Stopped, 112),
        new("encoder-frozen", 0, 0, false, Noticeable.Always, null, 44, Campaigns.Shows.IsFrozen),
        new("encoder-jump", 20, 1500, true, Noticeable.Always, null, 26),
        new("encoder-drift", 600, 1200, true, Noticeable.Always, null, 10, Campaigns.Shows.IsAstray, VelocityMargin: Misled),
        new("magnet-weak", 0, 0, false, Noticeable.Always, ControlState.Stopped, 64),
        new("frames-dropped", 1, 20, false, Noticeable.Never),
        new("frames-dropped", 30, 40, false, Noticeable.Never, WithinMs: 504, Notice: Notices.FramesLost),
        new("loop-late", 1, 14, false, Noticeable.Never),
        new("loop-late", 22, 400, false, Noticeable.Always, null, 406, FreesLimits: true),
        new("loop-killed", 0, 0, false, Noticeable.ByTheElectronics, WithinMs: 14, FreesLimits: true),
        new("setpoints-silent", 0, 0, false, Noticeable.DuringAMove, ControlState.Holding, 112),
        new("supply", 8, 15.5, false, Noticeable.Always, ControlState.Stopped, 34),
        new("supply", 16.8, 19.8, false, Noticeable.Never),
        new("drive-dead", 0, 0, false, Noticeable.Always, null, 64, Campaigns.Shows.IsAmiss, FreesLimits: true),
        new("drive-stuck", 0, 0, false, Noticeable.Always, null, 64, Campaigns.Shows.IsAmiss, FreesLimits: true),
        new("drive-reversed", 0, 0, false, Noticeable.Always, ControlState.Inactive, 64, Campaigns.Shows.IsOnTheMove, VelocityMargin: 0.3),
        new("drive-weak", 0.5, 0.9, false, Noticeable.Perhaps, WithinMs: 504, Shows: Campaigns.Shows.IsMuchAmiss, Notice: Notices.UnexplainedTorque),
        new("joint-blocked", 0, 0, false, Noticeable.Always, null, 24, Campaigns.Shows.IsBehind, VelocityMargin: Impact),
        new("obstacle", 0.5, 10, false, Noticeable.Always, null, 24, Campaigns.Shows.IsBehind, VelocityMargin: Impact),
        new("push", 12, 20, true, Noticeable.Always, null, 150, FreesLimits: true, Joints: 3),
        new("payload", 0, 0.5, false, Noticeable.Never),
        new("imu-silent", 0, 0, false, Noticeable.Never, WithinMs: 104, Notice: Notices.InertialSensor),
        new("imu-frozen", 0, 0, false, Noticeable.Never, WithinMs: 104, Notice: Notices.InertialSensor),
        new("imu-saturated", 0, 0, false, Noticeable.Never, WithinMs: 104, Notice: Notices.InertialSensor),
        new("supply-monitor-silent", 0, 0, false, Noticeable.Never),
        new("currents-silent", 0, 0, false, Noticeable.Never),
        new("currents-stuck", 0, 0, false, Noticeable.Never),
        new("policy-nan", 0, 0, false, Noticeable.ByTheResidual, WithinMs: 6),
        new("policy-at-bound", 0, 0, false, Noticeable.ByTheResidual, WithinMs: 160),
        new("policy-chatter", 0, 0, false, Noticeable.ByTheResidual, WithinMs: 210),
        new("policy-slow", 0, 0, false, Noticeable.ByTheResidual, WithinMs: 6),
        new("lines-dead", 0, 0, false, Noticeable.Always, ControlState.Inactive, 10),
        new("emergency-stop", 0, 0, false, Noticeable.Always, ControlState.Inactive, 6),
    ];
}
