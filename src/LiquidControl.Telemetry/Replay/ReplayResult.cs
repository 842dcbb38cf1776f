using LiquidControl.Telemetry.Mcap;

namespace LiquidControl.Telemetry.Replay;

/// <summary>What came of replaying a recording.</summary>
public sealed record ReplayResult
{
    public required int Activations { get; init; }

    /// <summary>Cycles run again, up to the first difference.</summary>
    public required long Cycles { get; init; }

    /// <summary>Records before the first activation: nobody knows what the controller remembered then.</summary>
    public required long BeforeActivation { get; init; }

    /// <summary>Records after others that were lost, up to the next activation.</summary>
    public required long AfterLoss { get; init; }

    /// <summary>Null when every bit was the same; what is no number counts as the same, whatever its bits.</summary>
    public required ReplayDifference? Difference { get; init; }

    /// <summary>Over the state hashes of the activations, one after the other.</summary>
    public required ulong StateHash { get; init; }

    /// <summary>Fields that this program has and the file lacks.</summary>
    public required IReadOnlyList<string> NotCompared { get; init; }

    /// <summary>How the file ended; null when it was not read to its end.</summary>
    public required McapEnd? End { get; init; }

    /// <summary>Whether there was something to replay, and it came out the same.</summary>
    public bool IsSame => Difference is null && Cycles > 0;
}
