using System.Collections.Immutable;

namespace LiquidControl.Neural.Certificates;

/// <summary>What a search against a certificate found.</summary>
/// <param name="Evaluations">Steps of the network that were computed.</param>
/// <param name="States">[state], what was reached; null without any step.</param>
/// <param name="Outputs">[output], what was reached.</param>
/// <param name="StepGain">The largest gain of one step that was seen.</param>
/// <param name="TotalGain">The largest gain over many steps that was seen.</param>
/// <param name="Violations">What was found outside a bound, in words; empty: nothing broke.</param>
public sealed record AttackReport(
    long Evaluations, ImmutableArray<Interval> States, ImmutableArray<Interval> Outputs, double StepGain, double TotalGain,
    ImmutableArray<string> Violations)
{
    /// <summary>The part of the proved width that was reached, from 0 to 1, and more where the bound is broken; null: nothing is proved.</summary>
    public static double? Tightness(Interval reached, Bound bound) =>
        bound.Range is not { } range ? null : range.Upper == range.Lower ? 1.0 : (reached.Upper - reached.Lower) / (range.Upper - range.Lower);
}
