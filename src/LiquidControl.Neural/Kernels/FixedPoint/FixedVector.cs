using System.Collections.Immutable;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// Where a vector that a layer reads lies in the memory of a state, and what its numbers mean: two parts, each of a scale of its own.
/// </summary>
/// <param name="Offset">Of the first part, in bytes.</param>
/// <param name="First">The first part, which may be empty.</param>
/// <param name="Second">The second part; what is written beyond its end is lost.</param>
/// <param name="ElementSize">In bytes.</param>
internal sealed record FixedVector(int Offset, ImmutableArray<FixedColumn> First, ImmutableArray<FixedColumn> Second, int ElementSize)
{
    public int Length => First.Length + Second.Length;

    /// <summary>Of the second part, in bytes.</summary>
    public int SecondOffset => Offset + First.Length * ElementSize;

    public FixedColumn this[int column] => column < First.Length ? First[column] : Second[column - First.Length];
}
