namespace LiquidControl.Neural.Kernels;

/// <summary>What makes new states of a CfC cell's sums: <see cref="CfcBlend"/> or <see cref="PureSolution{TSimd, TVector}"/>.</summary>
internal abstract unsafe class CellSolution
{
    /// <summary>Sums a panel of the heads, then makes the state of the neurons all of whose heads are summed by then.</summary>
    /// <param name="panel">The panel, ordered by <see cref="PackedLayer{TSimd, TVector}.InBlocks"/>.</param>
    /// <param name="z">What the heads read.</param>
    /// <param name="timespan">Of the step.</param>
    /// <param name="sums">Working memory.</param>
    /// <param name="state">The new state of these neurons, written in whole vectors.</param>
    public abstract void SumAndApply(CellPanel* panel, float* z, float timespan, float* sums, float* state);

    /// <summary>Makes states of sums for a tile of robots, each number of which is <see cref="BatchTile{TSimd, TVector}.Lanes"/> floats.</summary>
    /// <param name="sums">[head][neuron], a number each.</param>
    /// <param name="neurons">Of the cell.</param>
    /// <param name="timespan">Of each robot's step: a number.</param>
    /// <param name="state">The new state, a number for each neuron.</param>
    public abstract void ApplyToTile(float* sums, int neurons, float* timespan, float* state);
}
