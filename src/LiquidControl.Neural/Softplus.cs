using LiquidControl.Numerics;

namespace LiquidControl.Neural;

/// <summary>
/// ln(1 + e^x), which keeps an LTC's conductances and capacitances positive; the identity above 20, as in the reference library.
/// </summary>
public static class Softplus
{
    private const double LinearAbove = 20.0;

    public static double At(double x)
    {
        if (x > LinearAbove) return x;
        double e = Elementary.Exp(x);
        // ln(1 + e), exact to the last places also where 1 + e rounds e away (Kahan).
        double sum = 1.0 + e;
        return sum == 1.0 ? e : Elementary.Log(sum) * (e / (sum - 1.0));
    }

    /// <summary>The derivative.</summary>
    public static double Slope(double x) => x > LinearAbove ? 1.0 : Elementary.Sigmoid(x);
}
