namespace LiquidControl.Neural.Explanation;

/// <summary>One input or neuron of a wiring.</summary>
/// <param name="Column">The place of its column, from 0.</param>
/// <param name="Place">Its place in the column, from 0.</param>
public readonly record struct WiringNode(int Column, int Place);
