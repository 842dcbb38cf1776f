using LiquidControl.Control;

namespace LiquidControl.Rig;

/// <summary>What became of a scenario.</summary>
public sealed record RigResult
{
    public required string Name { get; init; }

    /// <summary>The file it was read from; empty for one that was made.</summary>
    public required string Path { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>What did not hold, in the order in which it was noticed; empty if all did.</summary>
    public required IReadOnlyList<string> Failures { get; init; }

    public bool IsPassed => Failures.Count == 0;

    public required ControlState FinalState { get; init; }

    /// <summary>All causes that were ever given.</summary>
    public required FaultCause Faults { get; init; }

    /// <summary>From each fault to the first state that is not Active, ms; null where none followed before the next event.</summary>
    public required IReadOnlyList<RigReaction> Reactions { get; init; }

    /// <summary>Simulated, s.</summary>
    public required double Seconds { get; init; }

    /// <summary>Simulated over wall time.</summary>
    public required double RealTimeFactor { get; init; }

    /// <summary>Managed bytes the cycle allocated in all its steps; 0 for a controller that is another process.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Over every bit of controller and plant; 0 where they ran free, for then no two runs are the same.</summary>
    public ulong StateHash { get; init; }
}

/// <summary>What a fault led to.</summary>
/// <param name="Fault">Its name.</param>
/// <param name="At">From activation, s.</param>
/// <param name="Phase">What the arm was doing.</param>
/// <param name="State">Where it led; Active where it led nowhere.</param>
/// <param name="SafeMs">How long that took, ms; null where it led nowhere.</param>
public sealed record RigReaction(string Fault, double At, ReferencePhase Phase, ControlState State, double? SafeMs);
