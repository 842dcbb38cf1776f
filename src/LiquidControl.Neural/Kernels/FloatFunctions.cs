using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The functions of the float kernels, made of single roundings in one order, so that every path gives the same bits. NaN stays NaN.
/// </summary>
/// <remarks>Coefficients: minimax fits of this project, by iteratively reweighted least squares on Chebyshev nodes.</remarks>
internal static class FloatFunctions<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>tanh x as x P3(x²) / Q4(x²) on ±8; error at most 4.1e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh(TVector x)
    {
        x = Clamp(x, 8f);
        TVector u = TSimd.Multiply(x, x);
        TVector p = TSimd.MultiplyAdd(u, TSimd.Create(1.1310357e-05f), TSimd.Create(0.0029388415f));
        p = TSimd.MultiplyAdd(p, u, TSimd.Create(0.12913655f));
        p = TSimd.MultiplyAdd(p, u, TSimd.Create(0.99999934f));
        TVector q = TSimd.MultiplyAdd(u, TSimd.Create(2.423881e-07f), TSimd.Create(0.00023703033f));
        q = TSimd.MultiplyAdd(q, u, TSimd.Create(0.023763886f));
        q = TSimd.MultiplyAdd(q, u, TSimd.Create(0.46246752f));
        q = TSimd.MultiplyAdd(q, u, TSimd.Create(1f));
        return TSimd.Divide(TSimd.Multiply(x, p), q);
    }

    /// <summary>σ(2x), which is 1/2 + 1/2 tanh x: the factor 2 is folded into the weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector SigmoidOfDouble(TVector x) => TSimd.MultiplyAdd(Tanh(x), TSimd.Create(0.5f), TSimd.Create(0.5f));

    /// <summary>
    /// e^x for x at most 0, as 2^n e^r with |r| at most ln 2 / 2; relative error at most 1.2e-7, and below -87 the result stays at 1.6e-38.
    /// The polynomial is that of Cephes (Moshier, 1984 to 2000).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpOfNegative(TVector x)
    {
        x = TSimd.AtLeast(TSimd.Create(-87f), x);
        // Adding 3 2^22 rounds to an integer, which the last bits of the sum then hold.
        TVector rounder = TSimd.Create(12582912f);
        TVector shifted = TSimd.MultiplyAdd(x, TSimd.Create(1.442695f), rounder);
        TVector n = TSimd.Subtract(shifted, rounder);
        TVector r = TSimd.MultiplyAdd(n, TSimd.Create(-0.693359375f), x);
        r = TSimd.MultiplyAdd(n, TSimd.Create(2.1219444e-4f), r);
        TVector p = TSimd.MultiplyAdd(r, TSimd.Create(1.9875691e-4f), TSimd.Create(1.3981999e-3f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Create(8.333452e-3f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Create(4.1665796e-2f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Create(0.16666666f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Create(0.5f));
        p = TSimd.MultiplyAdd(p, TSimd.Multiply(r, r), r);
        return TSimd.Scale(TSimd.Add(p, TSimd.Create(1f)), shifted);
    }

    /// <summary>erf x as x P4(x²) / Q5(x²) on ±3.6; error at most 4.5e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Erf(TVector x)
    {
        x = Clamp(x, 3.6f);
        TVector u = TSimd.Multiply(x, x);
        TVector p = TSimd.MultiplyAdd(u, TSimd.Create(0.00024650476f), TSimd.Create(0.0065221926f));
        p = TSimd.MultiplyAdd(p, u, TSimd.Create(0.06048348f));
        p = TSimd.MultiplyAdd(p, u, TSimd.Create(0.26710215f));
        p = TSimd.MultiplyAdd(p, u, TSimd.Create(1.1283784f));
        TVector q = TSimd.MultiplyAdd(u, TSimd.Create(1.5257175e-05f), TSimd.Create(0.0016560944f));
        q = TSimd.MultiplyAdd(q, u, TSimd.Create(0.02040998f));
        q = TSimd.MultiplyAdd(q, u, TSimd.Create(0.14364913f));
        q = TSimd.MultiplyAdd(q, u, TSimd.Create(0.5700372f));
        q = TSimd.MultiplyAdd(q, u, TSimd.Create(1f));
        return TSimd.Divide(TSimd.Multiply(x, p), q);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Clamp(TVector x, float bound) => TSimd.AtLeast(TSimd.Create(-bound), TSimd.AtMost(TSimd.Create(bound), x));
}
