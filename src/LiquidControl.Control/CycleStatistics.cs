namespace LiquidControl.Control;

/// <summary>Counts since Activate.</summary>
public struct CycleStatistics
{
    public long Cycles { get; internal set; }

    /// <summary>Cycles that came so late that at least one whole period was skipped.</summary>
    public long LateCycles { get; internal set; }

    /// <summary>Cycles in which at least one encoder brought no acceptable frame.</summary>
    public long DroppedCycles { get; internal set; }

    /// <summary>Cycles in which the limiter changed the command.</summary>
    public long LimiterInterventions { get; internal set; }

    /// <summary>Cycles in which a drive could not deliver its torque.</summary>
    public long SaturatedCycles { get; internal set; }
}
