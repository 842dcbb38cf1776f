using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>A part of a packed layer: some vectors of its outputs.</summary>
internal readonly unsafe struct Panel(PanelShape shape, float* weights, nint columns, int first, int length)
{
    public float* Weights { get; } = weights;

    public nint Columns { get; } = columns;

    public PanelShape Shape { get; } = shape;

    /// <summary>How many outputs it has.</summary>
    public int Length { get; } = length;

    /// <summary>Its first output among the layer's.</summary>
    public nint First { get; } = first;

    /// <summary>Its outputs y = b + W z, written to their place among the layer's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TSimd, TVector>(float* z, float* y)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => PanelSum<TSimd, TVector>.Apply(Shape, Weights, z, Columns, y + First);
}
