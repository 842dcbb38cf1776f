using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>
/// Elementary functions over vectors. Float: range reduction by ln 2 and a polynomial, tanh within 4 ulp and exp within 2 ulp where the
/// result is normal, the same bits on every machine. Double: <see cref="Elementary"/>, element by element, for checks rather than speed.
/// Not-a-number passes through.
/// </summary>
internal static class LaneFunctions
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Exp<T>(Vector256<T> x) where T : struct
    {
        if (typeof(T) == typeof(float))
        {
            Vector256<float> bounded = Vector256.Min(Vector256.Max(x.AsSingle(), Vector256.Create(-87f)), Vector256.Create(88f));
            Vector256<float> fraction = ReducedExpMinusOne(bounded, out Vector256<float> scale);
            return Vector256.FusedMultiplyAdd(scale, fraction, scale).As<float, T>();
        }

        Vector256<double> v = x.AsDouble();
        return Vector256.Create(Elementary.Exp(v[0]), Elementary.Exp(v[1]), Elementary.Exp(v[2]), Elementary.Exp(v[3])).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Tanh<T>(Vector256<T> x) where T : struct
    {
        if (typeof(T) == typeof(float))
        {
            // e^(2|x|) − 1 keeps its relative accuracy near 0; tanh of 10 is 1 in float.
            Vector256<float> bounded = Vector256.Min(Vector256.Abs(x.AsSingle()), Vector256.Create(10f));
            Vector256<float> fraction = ReducedExpMinusOne(bounded + bounded, out Vector256<float> scale);
            Vector256<float> grown = Vector256.FusedMultiplyAdd(scale, fraction, scale - Vector256<float>.One);
            return Vector256.CopySign(grown / (grown + Vector256.Create(2f)), x.AsSingle()).As<float, T>();
        }

        Vector256<double> v = x.AsDouble();
        return Vector256.Create(Elementary.Tanh(v[0]), Elementary.Tanh(v[1]), Elementary.Tanh(v[2]), Elementary.Tanh(v[3])).As<double, T>();
    }

    /// <summary>1 / (1 + e^−x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sigmoid<T>(Vector256<T> x) where T : struct => Vector256<T>.One / (Vector256<T>.One + Exp(-x));

    /// <summary>The error function; in float rounded from the double one.</summary>
    public static Vector256<T> Erf<T>(Vector256<T> x) where T : struct
    {
        Span<double> wide = stackalloc double[Vector256<T>.Count];
        for (int i = 0; i < wide.Length; i++)
            wide[i] = Elementary.Erf(typeof(T) == typeof(float) ? x.AsSingle()[i] : x.AsDouble()[i]);
        return typeof(T) == typeof(float)
            ? Vector256.Narrow(Vector256.Create<double>(wide), Vector256.Create<double>(wide[4..])).As<float, T>()
            : Vector256.Create<double>(wide).As<double, T>();
    }

    /// <summary>
    /// e^x = scale (1 + result), scale a power of two, for x from −87 to 88: Taylor's series to degree 7 where |r| &lt;= ln 2 / 2, 2e-8 relative.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ReducedExpMinusOne(Vector256<float> x, out Vector256<float> scale)
    {
        const float Ln2High = 0.693359375f; // nine bits: n times it is exact
        const float Ln2Low = -2.12194440e-4f;
        Vector256<float> n = Vector256.Round(x * 1.44269504f);
        Vector256<float> r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2High), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2Low), r);
        Vector256<float> p = Vector256.Create(1f / 5040f);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1f / 720f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1f / 120f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1f / 24f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1f / 6f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.5f));
        scale = ((Vector256.ConvertToInt32(n) + Vector256.Create(127)) << 23).AsSingle();
        return Vector256.FusedMultiplyAdd(r * r, p, r);
    }
}
