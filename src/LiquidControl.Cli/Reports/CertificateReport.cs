using LiquidControl.Neural.Certificates;

namespace LiquidControl.Cli.Reports;

/// <summary>What is proved of a network over a domain, and what a search reached of it.</summary>
internal sealed record CertificateReport(
    string Precision, IReadOnlyList<RangeReport> Inputs, double TimespanMin, double TimespanMax, IReadOnlyList<BoundReport> States,
    IReadOnlyList<BoundReport> Outputs, GainReport StepGain, GainReport TotalGain, AttackSummary? Attack)
{
    public static CertificateReport Of(string precision, Certificate certificate, AttackReport? attack, ulong seed) => new(
        precision, [.. certificate.Domain.Inputs.Select(range => new RangeReport(range.Lower, range.Upper))],
        certificate.Domain.TimespanMin, certificate.Domain.TimespanMax,
        [.. certificate.States.Select((bound, i) => Report(bound, attack?.States[i]))],
        [.. certificate.Outputs.Select((bound, i) => Report(bound, attack?.Outputs[i]))],
        new(certificate.StepGain.Value, Words(certificate.StepGain.Reason), attack?.StepGain),
        new(certificate.TotalGain.Value, Words(certificate.TotalGain.Reason), attack?.TotalGain),
        attack is null ? null : new(attack.Evaluations, seed, attack.Violations));

    private static BoundReport Report(Bound bound, Interval? reached) => new(
        bound.Range?.Lower, bound.Range?.Upper, Words(bound.Reason), reached?.Lower, reached?.Upper,
        reached is { } found ? AttackReport.Tightness(found, bound) : null);

    private static string? Words(string reason) => reason.Length == 0 ? null : reason;
}

internal sealed record RangeReport(double Lower, double Upper);

/// <summary>A proved range or why there is none, what a search reached, and the reached part of the proved width.</summary>
internal sealed record BoundReport(double? Lower, double? Upper, string? Reason, double? ReachedLower, double? ReachedUpper, double? Tightness);

/// <summary>A proved factor or why there is none, and the largest that a search saw.</summary>
internal sealed record GainReport(double? Value, string? Reason, double? Reached);

internal sealed record AttackSummary(long Evaluations, ulong Seed, IReadOnlyList<string> Violations);
