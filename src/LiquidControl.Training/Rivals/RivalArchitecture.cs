using LiquidControl.Training.Cells;

namespace LiquidControl.Training.Rivals;

/// <summary>The shape of a network that liquid ones are compared with, read out by a linear layer ("fc").</summary>
public abstract record RivalArchitecture
{
    private protected RivalArchitecture()
    {
    }

    /// <summary>Length of the input vector, without the elapsed time.</summary>
    public required int InputSize { get; init; }

    /// <summary>Length of the output vector.</summary>
    public required int OutputSize { get; init; }

    /// <summary>Whether the elapsed time stands behind the inputs as one more.</summary>
    public bool ReadsTimespan { get; init; }

    /// <summary>Rows the cell reads from outside: the input, and the elapsed time if it is read.</summary>
    internal int ReadSize => ReadsTimespan ? InputSize + 1 : InputSize;

    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    internal void ThrowIfInvalid()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(InputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(OutputSize, 1);
        ThrowIfCellInvalid();
    }

    internal abstract CellLayout NewCell(ParameterList list);

    private protected abstract void ThrowIfCellInvalid();
}
