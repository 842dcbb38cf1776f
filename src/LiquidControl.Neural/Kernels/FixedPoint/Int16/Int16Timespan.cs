using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>A timespan ready to multiply vectors: product / 2^32 limited, then shifted up.</summary>
internal readonly struct Int16Timespan<TVector> where TVector : unmanaged
{
    // A factor of 2^30 stands for 1, and a product loses 32 bits.
    private const int LostBits = 2;
    private const int ProductBits = 30;

    private Int16Timespan(TVector factor, TVector least, TVector most, TVector shift)
    {
        Factor = factor;
        Least = least;
        Most = most;
        Shift = shift;
    }

    public TVector Factor { get; }

    public TVector Least { get; }

    public TVector Most { get; }

    public TVector Shift { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int16Timespan<TVector> Of<TSimd>(in FixedTimespan timespan) where TSimd : struct, IInt16Simd<TVector>
    {
        int shift = LostBits + timespan.Exponent;
        int most = 1 << (ProductBits - shift);
        return new(TSimd.Create(timespan.Factor), TSimd.Create(-most), TSimd.Create(most), TSimd.Count(shift));
    }
}
