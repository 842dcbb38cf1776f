using LiquidControl.Control;

namespace LiquidControl.Rig;

/// <summary>What is to be seen of an arm and its controller at one moment; spans have one entry a joint.</summary>
public readonly ref struct RigMoment
{
    public required ControlState State { get; init; }

    public required FaultCause Faults { get; init; }

    /// <summary>Why the network's part was given up.</summary>
    public required ResidualFault ResidualFault { get; init; }

    /// <summary>What is amiss and made up for.</summary>
    public required Notices Notices { get; init; }

    /// <summary>Of the move.</summary>
    public required ReferencePhase Phase { get; init; }

    /// <summary>Whether the electronics let the bridges drive.</summary>
    public required bool BridgesEnabled { get; init; }

    /// <summary>The plant's own, s.</summary>
    public required double PlantTime { get; init; }

    /// <summary>Of the plant, rad.</summary>
    public required ReadOnlySpan<double> Position { get; init; }

    /// <summary>rad/s.</summary>
    public required ReadOnlySpan<double> Velocity { get; init; }
}
