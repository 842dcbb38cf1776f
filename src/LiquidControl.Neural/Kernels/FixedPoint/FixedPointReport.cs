using System.Collections.Immutable;

namespace LiquidControl.Neural.Kernels;

/// <summary>What the range analysis of a fixed-point kernel found, layer by layer in the order of a step.</summary>
public sealed record FixedPointReport(KernelPrecision Precision, ImmutableArray<FixedPointLayerReport> Layers)
{
    /// <summary>The fewest bits that any layer has left.</summary>
    public double Headroom => Layers.Min(layer => layer.Headroom);
}
