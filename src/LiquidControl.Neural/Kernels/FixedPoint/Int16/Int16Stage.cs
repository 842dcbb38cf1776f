using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>A layer and what becomes of its sums.</summary>
internal abstract unsafe class Int16Stage<TSimd, TVector> : FixedPointStage
    where TSimd : struct, IInt16Simd<TVector>
    where TVector : unmanaged
{
    private readonly int _sums;

    /// <param name="layer">The layer.</param>
    /// <param name="layout">Where the sums get their place.</param>
    private protected Int16Stage(Int16Layer layer, FixedPointLayout layout)
    {
        Layer = layer;
        _sums = layout.Reserve<int>(layer.PaddedRows);
    }

    protected Int16Layer Layer { get; }

    public sealed override void Run(byte* memory, in FixedTimespan timespan)
    {
        int* sums = (int*)(memory + _sums);
        Int16Sum<TSimd, TVector>.Apply(Layer, (short*)(memory + Layer.SourceOffset), sums);
        Finish(memory, sums, timespan);
    }

    protected abstract void Finish(byte* memory, int* sums, in FixedTimespan timespan);

    /// <summary>The values of rows, times 2^20.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static TVector Value(int* sums, int* multiplier, TVector lift) =>
        TSimd.ShiftLeftBy(TSimd.MultiplyHigh(TSimd.Load(sums), TSimd.Load(multiplier)), lift);
}
