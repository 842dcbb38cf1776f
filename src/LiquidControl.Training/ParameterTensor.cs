using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>One tensor inside the flat parameter array, row-major, and what an optimiser must know of it.</summary>
public sealed class ParameterTensor
{
    internal ParameterTensor(string key, int offset, int rows, int columns, Action<RandomStream, Span<float>> start)
    {
        Key = key;
        Offset = offset;
        Rows = rows;
        Columns = columns;
        Start = start;
    }

    /// <summary>Its name in the reference library's state_dict, or for a rival in torch's.</summary>
    public string Key { get; }

    /// <summary>Where it starts in the flat array.</summary>
    public int Offset { get; }

    /// <summary>0 for a vector.</summary>
    public int Rows { get; }

    public int Columns { get; }

    public int Count => Math.Max(Rows, 1) * Columns;

    /// <summary>Which entries exist, false where the wiring has no synapse: those are 0 and stay so. Null: all exist.</summary>
    public IReadOnlyList<bool>? Mask { get; internal init; }

    /// <summary>Whether it is the matrix of a linear map of the cell: what the paper's recipes decay.</summary>
    public bool IsKernel { get; internal init; }

    /// <summary>Whether an entry that falls below 0 is set to 0 after a step (conductances and capacitances of an explicit LTC).</summary>
    public bool NotNegative { get; internal init; }

    /// <summary>What it holds before training.</summary>
    internal Action<RandomStream, Span<float>> Start { get; }

    /// <summary>The tensor's part of a flat array.</summary>
    public Span<T> Of<T>(Span<T> parameters) => parameters.Slice(Offset, Count);

    /// <summary>Sets the entries that do not exist to 0.</summary>
    internal void ClearMasked<T>(Span<T> parameters) where T : struct
    {
        if (Mask is not { } mask)
            return;
        Span<T> values = Of(parameters);
        for (int i = 0; i < values.Length; i++)
            if (!mask[i])
                values[i] = default;
    }
}
