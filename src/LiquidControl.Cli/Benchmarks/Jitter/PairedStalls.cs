namespace LiquidControl.Cli.Benchmarks.Jitter;

/// <summary>What two threads missed in the same time: a miss that the other thread saw nothing of is its own thread's fault.</summary>
internal static class PairedStalls
{
    /// <summary>Stalls of one thread that no stall of the other comes near, both ascending.</summary>
    /// <param name="ours">Of the one.</param>
    /// <param name="others">Of the other.</param>
    /// <param name="marginNs">How near is near: on either side of the stall.</param>
    public static Stall[] Unexplained(Stall[] ours, Stall[] others, long marginNs) =>
        [.. ours.Where(stall => !Array.Exists(others, other => other.Due <= stall.Woken + marginNs && other.Woken >= stall.Due - marginNs))];
}
