using LiquidControl.Control;

namespace LiquidControl.Hosting;

/// <summary>How a <see cref="NodeMove"/> went.</summary>
public sealed record NodeMoveResult
{
    public required ControlState State { get; init; }

    public required FaultCause Faults { get; init; }

    public required CycleStatistics Statistics { get; init; }

    /// <summary>Whole periods left out because a cycle was late.</summary>
    public required long SkippedPeriods { get; init; }

    public required long SlowestCycleNs { get; init; }

    public required long RunNs { get; init; }

    /// <summary>Where the tool truly was while the arm held at the goal, base frame, m.</summary>
    public required double[] Tool { get; init; }

    /// <summary>Time spent in calls to the nodes, ns.</summary>
    public long BusTimeNs { get; init; }
}
