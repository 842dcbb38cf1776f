namespace LiquidControl.Training.Prediction;

/// <summary>What a query costs.</summary>
/// <param name="Way">How it is answered.</param>
/// <param name="Horizon">How far ahead, s; null where that makes no difference.</param>
/// <param name="NsMedian">Nanoseconds a query, median of the rounds.</param>
/// <param name="NsWorst">The same, the worst round.</param>
/// <param name="TimesCfc">Median over the rounds of the ratio to the CfC's query in the same round.</param>
/// <param name="BytesPerQuery">Managed memory allocated.</param>
public sealed record PredictionTime(string Way, double? Horizon, double NsMedian, double NsWorst, double TimesCfc, double BytesPerQuery);
