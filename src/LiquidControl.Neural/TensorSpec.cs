using System.Collections.Immutable;

namespace LiquidControl.Neural;

/// <summary>A tensor an architecture demands: its state_dict key and its shape, row-major.</summary>
/// <param name="Key">The key.</param>
/// <param name="Shape">Extents.</param>
/// <param name="IsMask">Whether it says which synapses there are, with 0 and 1, and is not trained.</param>
public sealed record TensorSpec(string Key, ImmutableArray<int> Shape, bool IsMask = false)
{
    /// <summary>How many numbers it holds.</summary>
    public int Length => Shape.Aggregate(1, (product, extent) => checked(product * extent));
}
