using LiquidControl.Control;

namespace LiquidControl.Rig.Campaigns;

/// <summary>What a campaign found.</summary>
/// <param name="Seed">Of all of it.</param>
/// <param name="Scenarios">Run.</param>
/// <param name="FaultFree">Of them.</param>
/// <param name="Violations">Scenarios in which a limit, a deadline or a reaction did not hold.</param>
/// <param name="Hangs">Scenarios that did not end.</param>
/// <param name="Exceptions">That came out of the controller.</param>
/// <param name="FalseStops">Scenarios without a fault in which the arm was stopped.</param>
/// <param name="Unrecovered">Mended and cleared, the arm was not Active.</param>
/// <param name="WorstSafeStateMs">The longest from a fault to a safe state that met its deadline.</param>
/// <param name="FaultPhaseCoveragePercent">Of all pairs of a fault and what the arm was doing, how many occurred.</param>
public sealed record CampaignSummary(
    ulong Seed, int Scenarios, int FaultFree, int Violations, int Hangs, int Exceptions, int FalseStops, int Unrecovered, double WorstSafeStateMs,
    double FaultPhaseCoveragePercent)
{
    public static CampaignSummary Of(ulong seed, IReadOnlyCollection<CampaignRow> rows)
    {
        string[] faults = [.. FaultRow.All.Select(row => row.Fault).Distinct()];
        int pairs = rows.Where(row => row.Fault.Length > 0).Select(row => (row.Fault, row.Phase)).Distinct().Count();
        return new(
            seed, rows.Count, rows.Count(row => row.Fault.Length == 0), rows.Count(row => row.Failures.Count > 0), rows.Count(row => row.IsHang),
            rows.Count(row => row.Exception is not null), rows.Count(row => row.Fault.Length == 0 && row.Failures.Count > 0),
            rows.Count(row => row.IsUnrecovered), rows.Where(row => row.Failures.Count == 0).Max(row => row.SafeMs) ?? 0.0,
            Math.Round(100.0 * pairs / (faults.Length * Enum.GetValues<ReferencePhase>().Length), 1));
    }
}
