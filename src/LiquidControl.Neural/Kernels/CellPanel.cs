namespace LiquidControl.Neural.Kernels;

/// <summary>A panel of a cell's heads, with the neurons all of whose heads are summed when it is.</summary>
/// <param name="Sums">The panel.</param>
/// <param name="Kind">How it is gone through.</param>
/// <param name="FirstSum">Where the sums of the neurons begin.</param>
/// <param name="First">The first neuron.</param>
/// <param name="Blocks">Whole vectors of neurons.</param>
/// <param name="HasTail">Whether four neurons more follow.</param>
internal readonly record struct CellPanel(Panel Sums, CellPanelKind Kind, nint FirstSum, nint First, nint Blocks, bool HasTail);
