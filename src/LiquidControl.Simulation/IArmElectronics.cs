using LiquidControl.Control;

namespace LiquidControl.Simulation;

/// <summary>
/// The electrical side of a simulated arm: takes what the sensors feel, gives what the bridges do. The controller sees it as
/// <see cref="Hardware"/> and nothing else. Nothing here allocates.
/// </summary>
public interface IArmElectronics
{
    /// <summary>What the control cycle reads and writes.</summary>
    IArmHardware Hardware { get; }

    /// <summary>False while anything in the enable chain is off.</summary>
    bool BridgesEnabled { get; }

    /// <summary>Signed drive present at each bridge, [-1, 1].</summary>
    void CopyDrives(Span<double> drive);

    /// <summary>Time has passed: timers in the electronics (the heartbeat's monostable) act.</summary>
    void AdvanceTo(long nowNs);

    /// <summary>New values at the sensors. With <paramref name="dropEncoders"/> the next encoder read fails on its bus.</summary>
    void Publish(SensorReadings readings, bool dropEncoders);
}
