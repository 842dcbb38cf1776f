namespace LiquidControl.Numerics;

public static partial class Elementary
{
    private const double QuarterPi = 7.85398163397448278999e-01;

    // Minimax on |r| ≤ π/4: sin r ≈ r + S1 r³ + … + S6 r¹³, cos r ≈ 1 - r²/2 + C1 r⁴ + … + C6 r¹⁴.
    private const double S1 = -1.66666666666666324348e-01;
    private const double S2 = 8.33333333332248946124e-03;
    private const double S3 = -1.98412698298579493134e-04;
    private const double S4 = 2.75573137070700676789e-06;
    private const double S5 = -2.50507602534068634195e-08;
    private const double S6 = 1.58969099521155010221e-10;
    private const double C1 = 4.16666666666666019037e-02;
    private const double C2 = -1.38888888888741095749e-03;
    private const double C3 = 2.48015872894767294178e-05;
    private const double C4 = -2.75573143513906633035e-07;
    private const double C5 = 2.08757232129817482790e-09;
    private const double C6 = -1.13596475577881948265e-11;

    /// <summary>Sine of an angle in rad, for every finite double. Error at most 0.75 ulp; NaN for ±∞.</summary>
    public static double Sin(double x)
    {
        if (Math.Abs(x) <= QuarterPi) return SinKernel(x, 0.0);
        int quadrant = HalfPiReduction.Reduce(x, out double r, out double tail);
        double y = (quadrant & 1) == 0 ? SinKernel(r, tail) : CosKernel(r, tail);
        return (quadrant & 2) == 0 ? y : -y;
    }

    /// <summary>Cosine of an angle in rad, for every finite double. Error at most 0.75 ulp; NaN for ±∞.</summary>
    public static double Cos(double x)
    {
        if (Math.Abs(x) <= QuarterPi) return CosKernel(x, 0.0);
        int quadrant = HalfPiReduction.Reduce(x, out double r, out double tail);
        double y = (quadrant & 1) == 0 ? CosKernel(r, tail) : SinKernel(r, tail);
        return ((quadrant + 1) & 2) == 0 ? y : -y;
    }

    /// <summary>Sine and cosine of an angle in rad with one reduction, to the bit as <see cref="Sin"/> and <see cref="Cos"/>.</summary>
    public static void SinCos(double x, out double sin, out double cos)
    {
        if (Math.Abs(x) <= QuarterPi)
        {
            sin = SinKernel(x, 0.0);
            cos = CosKernel(x, 0.0);
            return;
        }

        int quadrant = HalfPiReduction.Reduce(x, out double r, out double tail);
        double s = SinKernel(r, tail);
        double c = CosKernel(r, tail);
        if ((quadrant & 1) != 0) (s, c) = (c, s);
        sin = (quadrant & 2) == 0 ? s : -s;
        cos = ((quadrant + 1) & 2) == 0 ? c : -c;
    }

    /// <summary>sin(r + tail) for |r| ≤ π/4.</summary>
    private static double SinKernel(double r, double tail)
    {
        if (Math.Abs(r) < 7.450580596923828e-09) return r; // 2^-27: r³/6 is below half an ulp, and -0 stays -0
        double z = r * r;
        double cube = z * r;
        double p = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)));
        return r - (z * (0.5 * tail - cube * p) - tail - cube * S1);
    }

    /// <summary>cos(r + tail) for |r| ≤ π/4.</summary>
    private static double CosKernel(double r, double tail)
    {
        double z = r * r;
        double p = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))));
        double half = 0.5 * z;
        double w = 1.0 - half;
        return w + (1.0 - w - half + (z * p - r * tail));
    }
}
