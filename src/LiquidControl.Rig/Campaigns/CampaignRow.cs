using System.Text.Json.Serialization;
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
/// <param name="IsHang">Whether it did not end.</param>
/// <param name="Exception">What was thrown; null for nothing.</param>
/// <param name="StateHash">Over every bit of controller and plant.</param>
public sealed record CampaignRow(
    int Number, string Fault, [property: JsonConverter(typeof(JsonStringEnumConverter<ReferencePhase>))] ReferencePhase Phase,
    [property: JsonConverter(typeof(JsonStringEnumConverter<ControlState>))] ControlState State, double? SafeMs, IReadOnlyList<string> Failures,
    bool IsUnrecovered, bool IsHang, string? Exception, string StateHash)
{
    /// <summary>A scenario is over in a tenth of a second; what takes this long will not end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Whether anything was not as it must be.</summary>
    public bool IsBad => Failures.Count > 0 || IsHang || Exception is not null;

    /// <summary>Runs the scenario of a number, on a thread of its own: one that hangs is left behind.</summary>
    public static CampaignRow Run(CampaignDraw draw, int number, CancellationToken cancellation)
    {
        RigScenario scenario = draw.Draw(number);
        CampaignRow? row = null;
        Thread thread = new(() => row = RunHere(scenario, number)) { IsBackground = true, Name = scenario.Name };
        thread.Start();
        bool ended = thread.Join(Patience);
        cancellation.ThrowIfCancellationRequested();
        return ended && row is not null ? row : Broken(scenario, number) with { IsHang = true };
    }

    private static CampaignRow RunHere(RigScenario scenario, int number)
    {
        try
        {
            RigResult result = new RigRun(scenario).Run();
            RigReaction? reaction = result.Reactions.Count > 0 ? result.Reactions[0] : null;
            bool unrecovered = scenario.Events.Any(happens => happens.Action is RecoverAction) && result.FinalState != ControlState.Active;
            return new(
                number, reaction?.Fault ?? "", reaction?.Phase ?? ReferencePhase.Hold, reaction?.State ?? ControlState.Active, reaction?.SafeMs,
                result.Failures, unrecovered, IsHang: false, Exception: null, $"{result.StateHash:x16}");
        }
#pragma warning disable CA1031 // An exception out of a controller is what a campaign looks for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Broken(scenario, number) with { Exception = $"{e.GetType().Name}: {e.Message}" };
        }
    }

    private static CampaignRow Broken(RigScenario scenario, int number) => new(
        number, scenario.Events.Select(happens => happens.Action).OfType<FaultAction>().FirstOrDefault()?.Fault.Name ?? "", ReferencePhase.Hold,
        ControlState.Unconfigured, null, [], IsUnrecovered: true, IsHang: false, Exception: null, "");
}
