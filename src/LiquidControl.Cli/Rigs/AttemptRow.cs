using LiquidControl.Cli.Rigs.Nodes;

namespace LiquidControl.Cli.Rigs;

/// <summary>An attempt at a scenario on nodes, as it is printed.</summary>
/// <param name="Cycles">Of the daemon's loop.</param>
/// <param name="Skipped">Periods that this machine did not let the loop run.</param>
/// <param name="LongestGapMs">The longest time from one cycle to the next; what the scenario took itself is left out of both.</param>
/// <param name="IsDisturbed">Whether that is too much to judge a failure by.</param>
/// <param name="Failures">What did not hold.</param>
internal sealed record AttemptRow(long Cycles, long Skipped, double LongestGapMs, bool IsDisturbed, IReadOnlyList<string> Failures)
{
    public static AttemptRow Of(NodeAttempt attempt) =>
        new(attempt.Cycles, attempt.Skipped, Math.Round(attempt.LongestGapMs, 1), attempt.IsDisturbed, attempt.Result.Failures);

    /// <summary>How this machine let the loop run.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Skipped} of {Cycles + Skipped} periods skipped, at most {LongestGapMs:F1} ms between two cycles");
}
