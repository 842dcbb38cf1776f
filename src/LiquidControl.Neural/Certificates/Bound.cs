namespace LiquidControl.Neural.Certificates;

/// <summary>A range that is proved, or the reason why there is none.</summary>
/// <param name="Range">What holds the number at every step; null: none is proved.</param>
/// <param name="Reason">Why none is proved; empty where one is.</param>
public sealed record Bound(Interval? Range, string Reason);
