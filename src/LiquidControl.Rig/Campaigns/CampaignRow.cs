using LiquidControl.Control;

namespace LiquidControl.Rig.Campaigns;

/// <summary>What became of one scenario of a campaign.</summary>
/// <param name="Number">Of the scenario, from 0.</param>
/// <param name="Fault">Its fault; empty for none.</param>
/// <param name="Phase">What the reference did when it came.</param>
/// <param name="State">Where it led.</param>
/// <param name="SafeMs">How long that took; null where it led nowhere.</param>
/// <param name="Failures">What did not hold.</param>
/// <param name="IsUnrecovered">Whether the arm was not Active in the end, mended and cleared.</param>
/// <param name="Exception">What was thrown; null for nothing.</param>
/// <param name="StateHash">Over every bit of controller and plant.</param>
public sealed record CampaignRow(
    int Number, string Fault, ReferencePhase Phase, ControlState State, double? SafeMs, IReadOnlyList<string> Failures, bool IsUnrecovered, string? Exception,
    string StateHash)
{
    /// <summary>Runs the scenario of a number.</summary>
    public static CampaignRow Run(CampaignDraw draw, int number, CancellationToken cancellation)
    {
        RigScenario scenario = draw.Draw(number);
        try
        {
            RigResult result = new RigRun(scenario).Run(cancellation: cancellation);
            RigReaction? reaction = result.Reactions.Count > 0 ? result.Reactions[0] : null;
            bool unrecovered = result.Failures.Any(failure => failure.Contains("the state Active", StringComparison.Ordinal));
            return new(
                number, reaction?.Fault ?? "", reaction?.Phase ?? ReferencePhase.Hold, reaction?.State ?? ControlState.Active, reaction?.SafeMs,
                result.Failures, unrecovered, null, $"{result.StateHash:x16}");
        }
#pragma warning disable CA1031 // An exception out of a controller is what a campaign looks for.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return new(number, scenario.Name, ReferencePhase.Hold, ControlState.Unconfigured, null, [], IsUnrecovered: true, $"{e.GetType().Name}: {e.Message}", "");
        }
    }
}
