using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LiquidControl.Numerics;

public static partial class Elementary
{
    /// <summary>
    /// Sines and cosines of several angles in rad, to the bit as <see cref="SinCos(double, out double, out double)"/>: four at a time and
    /// without a branch on their quadrant, so that six cost about as much as one or two by themselves. Spans of one length that do not
    /// overlap.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void SinCos(ReadOnlySpan<double> angles, Span<double> sines, Span<double> cosines)
    {
        int count = angles.Length;
        if (sines.Length != count || cosines.Length != count) ThrowLengths(count, sines.Length, cosines.Length);

        ref double angle = ref MemoryMarshal.GetReference(angles);
        ref double sine = ref MemoryMarshal.GetReference(sines);
        ref double cosine = ref MemoryMarshal.GetReference(cosines);
        if (!Vector128.IsHardwareAccelerated || count < Vector256<double>.Count)
        {
            for (int i = 0; i < count; i++)
                SinCos(Unsafe.Add(ref angle, i), out Unsafe.Add(ref sine, i), out Unsafe.Add(ref cosine, i));
            return;
        }

        // The last four may repeat some of those before them.
        int last = count - Vector256<double>.Count;
        for (int i = 0; i < last; i += Vector256<double>.Count)
            FourSinCos(ref Unsafe.Add(ref angle, i), ref Unsafe.Add(ref sine, i), ref Unsafe.Add(ref cosine, i));
        FourSinCos(ref Unsafe.Add(ref angle, last), ref Unsafe.Add(ref sine, last), ref Unsafe.Add(ref cosine, last));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourSinCos(ref double angle, ref double sine, ref double cosine)
    {
        Vector256<double> x = Vector256.LoadUnsafe(ref angle);
        Vector256<double> magnitude = Vector256.Abs(x);

        // HalfPiReduction.Reduce; the quadrant is the low end of the shifted product's significand.
        Vector256<double> shifted = x * HalfPiReduction.TwoOverPi + Vector256.Create(RoundToInteger);
        Vector256<long> quadrant = shifted.AsInt64();
        Vector256<double> n = shifted - Vector256.Create(RoundToInteger);
        Vector256<double> a = x - n * HalfPiReduction.HalfPi1;
        Vector256<double> b = n * HalfPiReduction.HalfPi2;
        Vector256<double> d = a - b;
        Vector256<double> back = d - a;
        Vector256<double> low = a - (d - back) - (b + back) - n * HalfPiReduction.HalfPi3;
        Vector256<double> r = d + low;
        Vector256<double> tail = d - r + low;

        // Within a quarter of π nothing is taken off: the reduction keeps all but the sign of a zero.
        Vector256<double> isSmall = Vector256.LessThanOrEqual(magnitude, Vector256.Create(QuarterPi));
        r = Vector256.ConditionalSelect(isSmall, x, r);
        Vector256<double> isExact = Vector256.LessThanOrEqual(magnitude, Vector256.Create(HalfPiReduction.CodyWaiteLimit))
            & Vector256.GreaterThanOrEqual(Vector256.Abs(r), Vector256.Create(HalfPiReduction.CancellationLimit));
        if ((isSmall | isExact).ExtractMostSignificantBits() != 0b1111)
        {
            OneByOne(ref angle, ref sine, ref cosine);
            return;
        }

        // SinKernel and CosKernel.
        Vector256<double> z = r * r;
        Vector256<double> cube = z * r;
        Vector256<double> p = Vector256.Create(S2) + z * (Vector256.Create(S3) + z * (Vector256.Create(S4)
            + z * (Vector256.Create(S5) + z * S6)));
        Vector256<double> sin = r - (z * (0.5 * tail - cube * p) - tail - cube * S1);
        p = z * (Vector256.Create(C1) + z * (Vector256.Create(C2) + z * (Vector256.Create(C3)
            + z * (Vector256.Create(C4) + z * (Vector256.Create(C5) + z * C6)))));
        Vector256<double> half = 0.5 * z;
        Vector256<double> w = Vector256<double>.One - half;
        Vector256<double> cos = w + (Vector256<double>.One - w - half + (z * p - r * tail));

        Vector256<double> isOdd = (Vector256<long>.Zero - (quadrant & Vector256<long>.One)).AsDouble();
        Vector256<long> sinSign = (quadrant & Vector256.Create(2L)) << 62;
        Vector256<long> cosSign = (quadrant + Vector256<long>.One & Vector256.Create(2L)) << 62;
        (Vector256.ConditionalSelect(isOdd, cos, sin) ^ sinSign.AsDouble()).StoreUnsafe(ref sine);
        (Vector256.ConditionalSelect(isOdd, sin, cos) ^ cosSign.AsDouble()).StoreUnsafe(ref cosine);
    }

    /// <summary>For angles that are huge, not finite or next to a multiple of π/2.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OneByOne(ref double angle, ref double sine, ref double cosine)
    {
        for (int i = 0; i < Vector256<double>.Count; i++)
            SinCos(Unsafe.Add(ref angle, i), out Unsafe.Add(ref sine, i), out Unsafe.Add(ref cosine, i));
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowLengths(int angles, int sines, int cosines) =>
        throw new ArgumentException($"{angles} angles, {sines} sines and {cosines} cosines: the counts must agree.");
}
