namespace LiquidControl.Benchmarks.Harness;

/// <summary>What was measured of one variant.</summary>
/// <param name="Offer">Of which.</param>
/// <param name="Nanoseconds">A step, by round.</param>
/// <param name="RatioToYardstick">Median of the rounds' ratios; null where there is no yardstick.</param>
/// <param name="BytesPerStep">Managed memory allocated; null for native code, which nobody counts.</param>
/// <param name="InstructionsPerStep">Null where they cannot be counted.</param>
/// <param name="EvaluationsPerStep">Of a differential equation; null where none is solved.</param>
/// <param name="SingleSteps">Null where they were not timed.</param>
internal sealed record Measurement(
    VariantOffer Offer, Quantiles Nanoseconds, double? RatioToYardstick, double? BytesPerStep, double? InstructionsPerStep,
    double? EvaluationsPerStep, Quantiles? SingleSteps);
