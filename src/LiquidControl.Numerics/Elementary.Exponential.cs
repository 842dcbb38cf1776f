namespace LiquidControl.Numerics;

public static partial class Elementary
{
    private const double Log2High = 6.93147180369123816490e-01; // 33 bits of ln 2, so that k · Log2High is exact
    private const double Log2Low = 1.90821492927058770002e-10;
    private const double InverseLog2 = 1.44269504088896338700e+00;
    private const double ExpOverflow = 709.782712893383973096;
    private const double ExpUnderflow = -745.133219101941108420;

    /// <summary>Adding and subtracting 1.5 · 2^52 rounds a double of magnitude below 2^51 to the nearest integer, ties to even.</summary>
    private const double RoundToInteger = 6755399441055744.0;

    /// <summary>e^x. Error at most 0.81 ulp; 0 below -745.13, +∞ above 709.78, NaN for NaN.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return double.NaN;
        if (x > ExpOverflow) return double.PositiveInfinity;
        if (x < ExpUnderflow) return 0.0;

        double k = x * InverseLog2 + RoundToInteger - RoundToInteger;
        double high = x - k * Log2High;
        double low = k * Log2Low;
        double r = high - low;
        double rr = r * r;
        double c = r - rr * (1.66666666666666019037e-01 + rr * (-2.77777777770155933842e-03 + rr * (6.61375632143793436117e-05
            + rr * (-1.65339022054652515390e-06 + rr * 4.13813679705723846039e-08))));
        double y = 1.0 - (low - r * c / (2.0 - c) - high);
        return ScaleByPowerOfTwo(y, (int)k);
    }

    /// <summary>Natural logarithm. Error at most 0.80 ulp; -∞ at ±0, NaN below zero.</summary>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        if ((bits & long.MaxValue) == 0) return double.NegativeInfinity;
        if (double.IsNaN(x) || bits < 0) return double.NaN;
        if (double.IsPositiveInfinity(x)) return x;

        int exponent = 0;
        if (bits < 0x0010_0000_0000_0000)
        {
            exponent = -54;
            bits = BitConverter.DoubleToInt64Bits(x * 18014398509481984.0); // 2^54, out of the subnormals
        }

        // x = 2^exponent · m with m in [√½, √2): 0x3FE6A09E... is the high word of √½.
        bits += 0x3FF0_0000_0000_0000 - 0x3FE6_A09E_0000_0000;
        exponent += (int)(bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) + 0x3FE6_A09E_0000_0000);

        double f = m - 1.0;
        double halfSquare = 0.5 * f * f;
        double s = f / (2.0 + f);
        double z = s * s;
        double w = z * z;
        double even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
        double odd = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01
            + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
        double k = exponent;
        return s * (halfSquare + (odd + even)) + k * Log2Low - halfSquare + f + k * Log2High;
    }

    /// <summary>Hyperbolic tangent. Error at most 1.3 ulp; odd, ±1 from |x| = 22 on.</summary>
    public static double Tanh(double x)
    {
        double a = Math.Abs(x);
        double y;
        if (a < 0.625)
        {
            if (a < 1.0e-8) return x;
            double z = x * x;
            double p = ((-9.64399179425052238628e-1 * z - 9.92877231001918586564e1) * z - 1.61468768441708447952e3) * z;
            double q = ((z + 1.12811678491632931402e2) * z + 2.23548839060100448583e3) * z + 4.84406305325125486048e3;
            return x + x * (p / q);
        }

        if (double.IsNaN(x)) return double.NaN;
        y = a > 22.0 ? 1.0 : 1.0 - 2.0 / (Exp(a + a) + 1.0);
        return x < 0.0 ? -y : y;
    }

    /// <summary>The logistic function 1 / (1 + e^-x), without overflow. Error at most 2.1 ulp.</summary>
    public static double Sigmoid(double x)
    {
        // e^-|x| <= 1, so neither form overflows and the small tail keeps its relative accuracy.
        double e = Exp(-Math.Abs(x));
        return (x < 0.0 ? e : 1.0) / (1.0 + e);
    }

    /// <summary>y · 2^k for y near 1 and k from -1075 to 1024, rounded once when the result is subnormal.</summary>
    private static double ScaleByPowerOfTwo(double y, int k)
    {
        if (k > 1023) return y * 2.0 * PowerOfTwo(k - 1);
        if (k < -1021) return y * PowerOfTwo(k + 1000) * PowerOfTwo(-1000);
        return y * PowerOfTwo(k);
    }

    private static double PowerOfTwo(int k) => BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
}
