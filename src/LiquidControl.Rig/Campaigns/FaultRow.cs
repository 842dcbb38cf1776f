using LiquidControl.Control;

namespace LiquidControl.Rig.Campaigns;

/// <summary>When a fault must be noticed; elsewhere nobody could.</summary>
internal enum Noticeable
{
    Always,

    /// <summary>While its joint is faster than 0.45 rad/s.</summary>
    OnTheMove,

    /// <summary>While a move goes on that does not end before the deadline.</summary>
    DuringAMove,

    /// <summary>It is no fault, or one that is made up for: the controller must stay Active.</summary>
    Never,

    /// <summary>It may be or not: only the limits must hold.</summary>
    Perhaps,
}

/// <summary>
/// What a fault of a campaign must lead to: a row of the fault table. A deadline is the table's detection deadline and two cycles of reaction.
/// </summary>
/// <param name="Fault">Its name.</param>
/// <param name="Min">Its number is drawn from here; with either sign where both are.</param>
/// <param name="Max">To here.</param>
/// <param name="IsSigned">Whether it may be negative as well.</param>
/// <param name="Noticed">When it must be noticed.</param>
/// <param name="State">Where it leads; null for anywhere but Active.</param>
/// <param name="WithinMs">By then.</param>
/// <param name="VelocityMargin">Beyond a joint's limit.</param>
/// <param name="FreesLimits">Whether its joints may leave their limits: pushed from outside, or with a drive that nothing can be told any more.</param>
/// <param name="Joints">On joints 1 to this.</param>
internal sealed record FaultRow(
    string Fault, double Min, double Max, bool IsSigned, Noticeable Noticed, ControlState? State = null, double WithinMs = 0.0, double VelocityMargin = 0.1,
    bool FreesLimits = false, int Joints = 6)
{
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
        new("encoder-frozen", 0, 0, false, Noticeable.OnTheMove, null, 44),
        new("encoder-jump", 20, 1500, true, Noticeable.Always, null, 26),
        new("magnet-weak", 0, 0, false, Noticeable.Always, ControlState.Stopped, 112),
        new("frames-dropped", 1, 20, false, Noticeable.Never),
        new("loop-late", 1, 16, false, Noticeable.Never),
        new("loop-late", 22, 400, false, Noticeable.Always, null, 406, FreesLimits: true),
        new("loop-killed", 0, 0, false, Noticeable.Perhaps, FreesLimits: true),
        new("setpoints-silent", 0, 0, false, Noticeable.DuringAMove, ControlState.Holding, 112),
        new("supply", 8, 15.5, false, Noticeable.Always, ControlState.Stopped, 34),
        new("supply", 16.8, 19.8, false, Noticeable.Never),
        new("drive-dead", 0, 0, false, Noticeable.OnTheMove, null, 300, FreesLimits: true),
        new("drive-stuck", 0, 0, false, Noticeable.Perhaps, FreesLimits: true),
        new("drive-reversed", 0, 0, false, Noticeable.OnTheMove, ControlState.Inactive, 300, VelocityMargin: 0.3),
        new("drive-weak", 0.5, 0.9, false, Noticeable.Perhaps),
        new("joint-blocked", 0, 0, false, Noticeable.OnTheMove, null, 130),
        new("obstacle", 0.5, 10, false, Noticeable.Perhaps),
        new("push", 12, 20, true, Noticeable.Always, null, 150, FreesLimits: true, Joints: 3),
        new("payload", 0, 0.5, false, Noticeable.Never),
        new("imu-silent", 0, 0, false, Noticeable.Never),
        new("imu-frozen", 0, 0, false, Noticeable.Never),
        new("imu-saturated", 0, 0, false, Noticeable.Never),
        new("supply-monitor-silent", 0, 0, false, Noticeable.Never),
        new("currents-silent", 0, 0, false, Noticeable.Never),
        new("currents-stuck", 0, 0, false, Noticeable.Never),
        new("lines-dead", 0, 0, false, Noticeable.Always, ControlState.Inactive, 10),
        new("emergency-stop", 0, 0, false, Noticeable.Always, ControlState.Inactive, 6),
    ];
}
