using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>The robots that are computed together: each number of theirs is three vectors, a robot in each lane.</summary>
internal static unsafe class BatchTile<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Vectors of a number: four rows of three sums stay in registers, and hide the latency of a multiply-add.</summary>
    public const int Vectors = 3;

    /// <summary>Robots, which is a number's length in floats.</summary>
    public static int Lanes => Vectors * TSimd.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* to, TVector v0, TVector v1, TVector v2)
    {
        TSimd.Store(v0, to);
        TSimd.Store(v1, to + TSimd.Width);
        TSimd.Store(v2, to + 2 * TSimd.Width);
    }

    public static void Copy(float* from, float* to, int numbers)
    {
        for (int i = 0; i < numbers * Lanes; i += TSimd.Width) TSimd.Store(TSimd.Load(from + i), to + i);
    }

    /// <summary>Whether all are finite.</summary>
    public static bool AreFinite(float* from, int numbers)
    {
        // Zero times a number that is not finite is NaN, and stays so.
        TVector zero = TSimd.Create(0f), s0 = zero, s1 = zero, s2 = zero;
        for (float* end = from + numbers * Lanes; from < end; from += Lanes)
        {
            s0 = TSimd.MultiplyAdd(TSimd.Load(from), zero, s0);
            s1 = TSimd.MultiplyAdd(TSimd.Load(from + TSimd.Width), zero, s1);
            s2 = TSimd.MultiplyAdd(TSimd.Load(from + 2 * TSimd.Width), zero, s2);
        }

        return TSimd.IsOrdered(TSimd.Add(s0, TSimd.Add(s1, s2)));
    }
}
