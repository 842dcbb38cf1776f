namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// A moment of an <see cref="EmulatedArm"/>; times are of its board's clock, the machine's monotonic one but in lockstep; arrays have one entry
/// a joint.
/// </summary>
/// <param name="NowNs">When it is, ns.</param>
/// <param name="BridgesEnabled">Whether the whole enable chain is closed.</param>
/// <param name="IsHeld">Whether it stands where it started, waiting for its bridges.</param>
/// <param name="EnabledNs">When the plant last saw the bridges go on, ns; 0 for never.</param>
/// <param name="DisabledNs">When it last saw them go off, ns.</param>
/// <param name="LongestGapNs">The longest the plant was left without a step, ns: what this machine adds to the times above.</param>
/// <param name="Position">rad.</param>
/// <param name="Velocity">rad/s.</param>
/// <param name="Drive">Signed duty at each bridge.</param>
/// <param name="Tool">Tool centre point, base frame, m.</param>
public sealed record EmulatedArmState(
    long NowNs, bool BridgesEnabled, bool IsHeld, long EnabledNs, long DisabledNs, long LongestGapNs, double[] Position, double[] Velocity,
    double[] Drive, double[] Tool);
