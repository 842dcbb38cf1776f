namespace LiquidControl.Cli.Reports;

/// <summary>What `bench dynamics --json` prints a row of; nanoseconds a call over rounds. Null: not measured.</summary>
/// <param name="Robot">The arm.</param>
/// <param name="Function">What is computed.</param>
/// <param name="Variant">By whom.</param>
/// <param name="NsMedian">Of the rounds.</param>
/// <param name="NsP99">Of the rounds.</param>
/// <param name="NsWorst">Of the rounds.</param>
/// <param name="RatioToKdl">Median of the ratios to Orocos KDL's time in the same round.</param>
/// <param name="BytesPerCall">Managed memory allocated.</param>
internal sealed record DynamicsTimeRow(
    string Robot, string Function, string Variant, double NsMedian, double NsP99, double NsWorst, double? RatioToKdl, double? BytesPerCall);
