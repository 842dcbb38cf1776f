namespace LiquidControl.Neural.Certificates;

/// <summary>A largest factor that is proved, or the reason why there is none.</summary>
/// <param name="Value">At most this; null: none is proved.</param>
/// <param name="Reason">Why none is proved; empty where one is.</param>
public sealed record Gain(double? Value, string Reason);
