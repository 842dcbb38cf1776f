using LiquidControl.Rig;

namespace LiquidControl.Cli.Rigs.Nodes;

/// <summary>A scenario run once by a daemon on nodes.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Cycles">Of the daemon's loop.</param>
/// <param name="Skipped">Periods that this machine did not let the loop run, those that the scenario took left out.</param>
/// <param name="LongestGapMs">The longest time from one cycle to the next, without what the scenario took.</param>
internal sealed record NodeAttempt(RigResult Result, long Cycles, long Skipped, double LongestGapMs)
{
    /// <summary>
    /// Whether this machine kept the loop from its work, so that what did not hold may be its fault and not the controller's: an observer that
    /// one long interval misled takes 200 ms to find collisions again, and 10 ms without a heartbeat let go of the bridges.
    /// </summary>
    public bool IsDisturbed => Skipped > 0;
}
