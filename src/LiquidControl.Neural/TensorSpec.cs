using System.Collections.Immutable;

namespace LiquidControl.Neural;

/// <summary>A tensor an architecture demands: its state_dict key and its shape, row-major.</summary>
public sealed record TensorSpec(string Key, ImmutableArray<int> Shape)
{
    /// <summary>How many numbers it holds.</summary>
    public int Length => Shape.Aggregate(1, (product, extent) => checked(product * extent));
}
