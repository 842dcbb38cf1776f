namespace LiquidControl.Simulation;

/// <summary>From A to B: two joint configurations, rad.</summary>
public sealed record PosePair(double[] Start, double[] Goal);
