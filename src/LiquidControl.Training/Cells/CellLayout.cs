using System.Numerics;

namespace LiquidControl.Training.Cells;

/// <summary>A recurrent cell: its sizes, and where its tensors lie in the flat parameter array.</summary>
/// <param name="inputSize">Rows of the input.</param>
/// <param name="stateSize">Rows of the state.</param>
internal abstract class CellLayout(int inputSize, int stateSize)
{
    public int InputSize { get; } = inputSize;

    public int StateSize { get; } = stateSize;

    /// <summary>The first row of the state that an output reads.</summary>
    public virtual int OutputStart => 0;

    /// <summary>How many rows of the state an output reads.</summary>
    public virtual int OutputCount => StateSize;

    /// <summary>A record of this cell's passes.</summary>
    /// <param name="capacity">The longest chunk, in steps.</param>
    /// <param name="dropout">The share of a backbone's units left out; 0 for none.</param>
    public abstract CellTape<T> NewTape<T>(int capacity, double dropout) where T : struct, INumber<T>;
}
