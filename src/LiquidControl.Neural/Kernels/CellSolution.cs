namespace LiquidControl.Neural.Kernels;

/// <summary>What makes new states of a CfC cell's sums: <see cref="CfcBlend"/> or <see cref="PureSolution{TSimd, TVector}"/>.</summary>
internal abstract unsafe class CellSolution
{
    /// <param name="sums">Of the heads of some blocks of neurons, as <see cref="PackedLayer{TSimd, TVector}.InBlocks"/> orders them.</param>
    /// <param name="first">The first of these neurons.</param>
    /// <param name="blocks">Whole vectors of neurons.</param>
    /// <param name="hasTail">Whether four neurons more follow.</param>
    /// <param name="timespan">Of the step.</param>
    /// <param name="state">The new state of these neurons, written in whole vectors.</param>
    public abstract void Apply(float* sums, nint first, nint blocks, bool hasTail, float timespan, float* state);

    /// <summary>The same for a tile of robots, each number of which is <see cref="BatchTile{TSimd, TVector}.Lanes"/> floats.</summary>
    /// <param name="sums">[head][neuron], a number each.</param>
    /// <param name="neurons">Of the cell.</param>
    /// <param name="timespan">Of each robot's step: a number.</param>
    /// <param name="state">The new state, a number for each neuron.</param>
    public abstract void ApplyToTile(float* sums, int neurons, float* timespan, float* state);
}
