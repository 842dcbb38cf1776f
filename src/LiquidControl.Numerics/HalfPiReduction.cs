namespace LiquidControl.Numerics;

/// <summary>
/// Takes multiples of π/2 off an angle: x = n π/2 + r + tail with |r| ≤ π/4 (a hair more at the seam), n modulo 4.
/// </summary>
/// <remarks>
/// Small angles: Cody and Waite (1980) with π/2 in parts of 33, 33 and 53 bits. Large ones, and those so near a multiple that the parts
/// cancel: Payne and Hanek (1983), the product of the significand with a 192-bit window of 2/π in integers.
/// </remarks>
internal static class HalfPiReduction
{
    public const double TwoOverPi = 6.36619772367581382433e-01;
    public const double HalfPi1 = 1.57079632673412561417e+00;
    public const double HalfPi2 = 6.07710050630396597660e-11;
    public const double HalfPi3 = 2.02226624879595063154e-21;
    private const double HalfPiHigh = 1.57079632679489655800e+00;
    private const double HalfPiLow = 6.12323399573676603587e-17;

    /// <summary>1.5 · 2^52: adding and subtracting it rounds to the nearest integer.</summary>
    public const double RoundToInteger = 6755399441055744.0;

    /// <summary>Up to here n has at most 20 bits, and its products with the 33-bit parts are exact.</summary>
    public const double CodyWaiteLimit = 1.0e6;

    /// <summary>Below this remainder (2^-26) the three parts may leave too few bits.</summary>
    public const double CancellationLimit = 1.4901161193847656e-08;

    /// <summary>64 zero bits, then the first 1216 bits of 2/π.</summary>
    private static ReadOnlySpan<ulong> TwoOverPiBits =>
    [
        0x0000000000000000, 0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041,
        0xFE5163ABDEBBC561, 0xB7246E3A424DD2E0, 0x06492EEA09D1921C, 0xFE1DEB1CB129A73E,
        0xE88235F52EBB4484, 0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B,
        0x1FF897FFDE05980F, 0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D,
        0x7527BAC7EBE5F17B, 0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB,
    ];

    /// <summary>Returns n modulo 4; NaN remainders for a NaN or infinite angle.</summary>
    public static int Reduce(double x, out double r, out double tail)
    {
        if (Math.Abs(x) <= CodyWaiteLimit)
        {
            double n = x * TwoOverPi + RoundToInteger - RoundToInteger;
            double a = x - n * HalfPi1;
            double b = n * HalfPi2;
            double d = a - b;
            // The exact error of a - b (Knuth's two-sum), then the third part.
            double back = d - a;
            double low = a - (d - back) - (b + back) - n * HalfPi3;
            r = d + low;
            tail = d - r + low;
            if (Math.Abs(r) >= CancellationLimit) return (int)n & 3;
        }

        if (!double.IsFinite(x))
        {
            r = double.NaN;
            tail = double.NaN;
            return 0;
        }

        return ReduceExactly(x, out r, out tail);
    }

    private static int ReduceExactly(double x, out double r, out double tail)
    {
        // |x| = m · 2^e with a 53-bit integer m. Bits of 2/π whose product with |x| is a multiple of 4 do not matter; the window
        // starts behind them and is long enough that its own cut stays 70 bits below the smallest remainder a double can leave (2^-62).
        long bits = BitConverter.DoubleToInt64Bits(x);
        int e = (int)((bits >> 52) & 0x7FF) - 1075;
        ulong m = ((ulong)bits & 0x000F_FFFF_FFFF_FFFF) | 0x0010_0000_0000_0000;
        int start = e + 62;
        ulong high = Window(start);
        ulong middle = Window(start + 64);
        ulong low = Window(start + 128);

        ulong carry = Math.BigMul(m, low, out ulong p0);
        UInt128 upper = ((UInt128)m * middle) + carry + ((UInt128)(m * high) << 64);
        int quadrant = (int)(upper >> 126);

        // 190 bits of fraction of a quarter turn, moved to the top; above one half the next quadrant is nearer, from the other side.
        UInt128 fraction = (upper << 2) | (p0 >> 62);
        ulong rest = p0 << 2;
        bool fromAbove = (fraction >> 127) != 0;
        if (fromAbove)
        {
            quadrant++;
            fraction = ~fraction;
            rest = ~rest;
        }

        int zeros = (int)UInt128.LeadingZeroCount(fraction);
        fraction = (fraction << zeros) | ((UInt128)rest << 64 >> (128 - zeros));
        double leading = (ulong)(fraction >> 75);
        double following = (ulong)(fraction >> 22) & 0x001F_FFFF_FFFF_FFFF;
        following *= 1.1102230246251565e-16; // 2^-53

        double product = leading * HalfPiHigh;
        double error = Math.FusedMultiplyAdd(leading, HalfPiHigh, -product) + (leading * HalfPiLow + following * HalfPiHigh);
        double scale = BitConverter.Int64BitsToDouble((long)(1023 - 53 - zeros) << 52);
        if (fromAbove != (bits < 0)) scale = -scale;
        r = product + error;
        tail = (product - r + error) * scale;
        r *= scale;
        return (bits < 0 ? -quadrant : quadrant) & 3;
    }

    /// <summary>64 bits of the table from bit <paramref name="start"/>.</summary>
    private static ulong Window(int start)
    {
        int word = start >> 6;
        int shift = start & 63;
        return shift == 0 ? TwoOverPiBits[word] : (TwoOverPiBits[word] << shift) | (TwoOverPiBits[word + 1] >> (64 - shift));
    }
}
