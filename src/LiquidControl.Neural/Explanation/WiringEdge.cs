namespace LiquidControl.Neural.Explanation;

/// <summary>A synapse between two of them.</summary>
public readonly record struct WiringEdge(WiringNode From, WiringNode To, SynapseKind Kind);
