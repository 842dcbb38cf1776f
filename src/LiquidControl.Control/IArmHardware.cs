namespace LiquidControl.Control;

/// <summary>
/// The arm as the cycle sees it: sensors in, drives out. Configure and Activate may throw and allocate; everything else runs in the cycle
/// and does neither. Implemented by the register-level drivers (Devices) and by ideal torque sources (Simulation).
/// </summary>
public interface IArmHardware
{
    int JointCount { get; }

    /// <summary>Finds and initialises every chip, outputs disabled. Throws <see cref="HardwareException"/> that names bus, chip and remedy.</summary>
    void Configure();

    /// <summary>Zero drive, then enables the outputs. Throws <see cref="HardwareException"/>.</summary>
    void Activate();

    /// <summary>Reads every channel that is due into <paramref name="frame"/>; toggles the heartbeat.</summary>
    HardwareFaults Read(long nowNs, SensorFrame frame);

    /// <summary>
    /// Sets the drives: signed duty of each bridge, or fraction of the maximum torque for an ideal torque source; [-1, 1], NaN counts as 0.
    /// </summary>
    HardwareFaults Write(ReadOnlySpan<double> drive);

    /// <summary>Outputs off, by every path there is.</summary>
    HardwareFaults Disable();

    /// <summary>Time the buses were busy since Configure, ns.</summary>
    long BusTimeNs { get; }
}
