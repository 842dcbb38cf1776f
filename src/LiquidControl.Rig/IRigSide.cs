namespace LiquidControl.Rig;

/// <summary>What a scenario's events are done to: a controller on the rig's own stepped clock, or one that runs by itself.</summary>
public interface IRigSide
{
    /// <summary>From activation, s.</summary>
    double Time { get; }

    /// <summary>Whether the fault shows now, of which something is expected as long as it does.</summary>
    bool Shows(RigExpectation expectation);

    /// <summary>Does it. Null, or why it was refused.</summary>
    string? Act(RigAction action);
}
