namespace LiquidControl.Neural.Kernels;

/// <summary>One number of a vector that a layer reads, kept as a fraction of its full scale.</summary>
/// <param name="Source">Which number of the layer's input it stands for; below zero: none, the place is padding.</param>
/// <param name="Scale">The real value at full scale.</param>
/// <param name="Reach">The largest fraction of full scale it can have.</param>
internal readonly record struct FixedColumn(int Source, double Scale, double Reach)
{
    public static FixedColumn Padding => new(-1, 0.0, 1.0);
}
