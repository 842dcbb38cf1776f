using System.Numerics;

namespace LiquidControl.Neural;

/// <summary>y = W x + b, or W x, with row-major W [out, in] and one order of summation on every machine.</summary>
internal sealed class LinearLayer<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _weight;
    private readonly T[] _bias = [];

    /// <param name="weights">Where the tensors are.</param>
    /// <param name="key">Their key, without .weight and .bias; a layer without a bias has none.</param>
    /// <param name="mask">Factors of the weights; empty: all 1.</param>
    public LinearLayer(NetworkWeights weights, string key, ReadOnlySpan<double> mask = default)
    {
        double[] weight = weights[key + CfcKeys.Weight].ToArray();
        for (int i = 0; i < mask.Length; i++) weight[i] *= mask[i];
        _weight = Round(weight);
        if (weights.Has(key + CfcKeys.Bias)) _bias = Round(weights[key + CfcKeys.Bias]);
    }

    public static T[] Round(ReadOnlySpan<double> values)
    {
        T[] rounded = new T[values.Length];
        for (int i = 0; i < rounded.Length; i++) rounded[i] = T.CreateTruncating(values[i]);
        return rounded;
    }

    public void Apply(ReadOnlySpan<T> x, Span<T> y)
    {
        ReadOnlySpan<T> rows = _weight;
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Dot(rows.Slice(i * x.Length, x.Length), x);
            if (_bias.Length > 0) y[i] += _bias[i];
        }
    }

    /// <summary>Σ a b in four independent sums, element i in sum i modulo 4, joined as (s0 + s1) + (s2 + s3).</summary>
    private static T Dot(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
    {
        b = b[..a.Length];
        T s0 = T.Zero;
        T s1 = T.Zero;
        T s2 = T.Zero;
        T s3 = T.Zero;
        int i = 0;
        for (; i < a.Length - 3; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }

        if (i < a.Length) s0 += a[i] * b[i];
        if (i + 1 < a.Length) s1 += a[i + 1] * b[i + 1];
        if (i + 2 < a.Length) s2 += a[i + 2] * b[i + 2];
        return s0 + s1 + (s2 + s3);
    }
}
