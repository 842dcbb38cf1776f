using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>A part of a packed layer: some vectors of its outputs.</summary>
internal readonly unsafe struct Panel(delegate*<float*, float*, nint, float*, void> sum, float* weights, nint columns, int first, int length)
{
    private readonly delegate*<float*, float*, nint, float*, void> _sum = sum;
    private readonly float* _weights = weights;
    private readonly nint _columns = columns;

    /// <summary>Its first output among the layer's.</summary>
    public nint First { get; } = first;

    /// <summary>How many outputs it has.</summary>
    public int Length { get; } = length;

    /// <summary>Its outputs y = b + W z, written to their place among the layer's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(float* z, float* y) => _sum(_weights, z, _columns, y + First);
}
