namespace LiquidControl.Hosting.Machine;

/// <summary>What a check says about a machine, mildest first.</summary>
public enum CheckResult
{
    /// <summary>There is nothing of the kind on this machine or robot, and nothing is missed by it.</summary>
    NotHere,

    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>The file that would tell is missing, unreadable or garbled.</summary>
    Undetermined,

    /// <summary>The loop runs, later than it could, or with less in reserve.</summary>
    Warning,

    /// <summary>The rate cannot be promised, or the loop cannot run, until it is mended.</summary>
    Fails,
}
