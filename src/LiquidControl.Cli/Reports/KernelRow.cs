namespace LiquidControl.Cli.Reports;

/// <summary>What `bench kernel --json` prints a row of; nanoseconds a step over rounds. Null: not measured.</summary>
/// <param name="Size">The network.</param>
/// <param name="Variant">The way to step it.</param>
/// <param name="NsMedian">Of the rounds.</param>
/// <param name="NsP99">Of the rounds.</param>
/// <param name="NsWorst">Of the rounds.</param>
/// <param name="RatioToTunedC">Median of the ratios to tuned C's time in the same round.</param>
/// <param name="BytesPerStep">Managed memory allocated.</param>
/// <param name="InstructionsPerStep">As valgrind counts them.</param>
/// <param name="EvaluationsPerStep">Of the LTC's differential equation, on average; null for what solves none.</param>
/// <param name="SingleSteps">Of steps timed one by one.</param>
internal sealed record KernelRow(
    string Size, string Variant, double NsMedian, double NsP99, double NsWorst, double? RatioToTunedC, double? BytesPerStep,
    double? InstructionsPerStep, double? EvaluationsPerStep, SingleSteps? SingleSteps);

/// <summary>Nanoseconds of steps timed one by one, the clock's reading included.</summary>
internal sealed record SingleSteps(double P50, double P99, double P999, double Max);
