namespace LiquidControl.Neural.Certificates;

/// <summary>New state and output of a step over ranges.</summary>
internal readonly record struct RangedResult(Ranged[] State, Ranged[] Output);
