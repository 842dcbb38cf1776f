namespace LiquidControl.Neural.Certificates;

/// <summary>A linear layer over ranges. The coefficients may be ranges themselves, where a timespan was multiplied into them.</summary>
internal sealed class RangedLayer
{
    private readonly int _inputs;
    private readonly Interval[] _weight;
    private readonly double[] _magnitude;
    private readonly Interval[] _bias;
    private readonly int _extraRoundings;

    private RangedLayer(int inputs, Interval[] weight, double[] magnitude, Interval[] bias, int extraRoundings)
    {
        _inputs = inputs;
        _weight = weight;
        _magnitude = magnitude;
        _bias = bias;
        _extraRoundings = extraRoundings;
    }

    /// <param name="weights">Where the tensors are.</param>
    /// <param name="key">Their key, without .weight and .bias.</param>
    /// <param name="rounding">Of the network.</param>
    /// <param name="mask">Factors of the weights; empty: all 1.</param>
    public static RangedLayer Read(NetworkWeights weights, string key, Rounding rounding, ReadOnlySpan<double> mask = default)
    {
        double[] weight = rounding.Stored(weights[key + CfcKeys.Weight]);
        for (int i = 0; i < mask.Length; i++) weight[i] *= mask[i];
        int outputs = weights.Tensors.First(tensor => tensor.Key == key + CfcKeys.Weight).Shape[0];
        double[] bias = weights.Has(key + CfcKeys.Bias) ? rounding.Stored(weights[key + CfcKeys.Bias]) : new double[outputs];
        return new(weight.Length / outputs, Points(weight), [.. weight.Select(Math.Abs)], Points(bias), extraRoundings: 1);
    }

    /// <summary>
    /// a(z) t + b(z) as one layer: the two read the same z, so that at one timespan t this is sharper than the sum of their ranges, and over
    /// a range of timespans the extremes are at its ends.
    /// </summary>
    public static RangedLayer Blend(RangedLayer a, RangedLayer b, double timespan)
    {
        Interval t = Interval.Point(timespan);
        Interval[] weight = [.. a._weight.Zip(b._weight, (slope, offset) => slope * t + offset)];
        double[] magnitude = [.. a._weight.Zip(b._weight, (slope, offset) => (slope.Absolute * t + offset.Absolute).Upper)];
        return new(a._inputs, weight, magnitude, [.. a._bias.Zip(b._bias, (slope, offset) => slope * t + offset)], extraRoundings: 4)
        {
            BiasMagnitude = [.. a._bias.Zip(b._bias, (slope, offset) => (slope.Absolute * t + offset.Absolute).Upper)],
        };
    }

    private double[]? BiasMagnitude { get; init; }

    public Ranged[] Apply(ReadOnlySpan<Ranged> z, Rounding rounding)
    {
        Ranged[] y = new Ranged[_bias.Length];
        for (int i = 0; i < y.Length; i++) y[i] = Row(i, z, rounding);
        return y;
    }

    private Ranged Row(int row, ReadOnlySpan<Ranged> z, Rounding rounding)
    {
        Interval sum = _bias[row];
        double magnitude = BiasMagnitude?[row] ?? sum.Magnitude;
        Interval[] slopes = new Interval[z[0].Slopes.Length];
        int terms = 1;
        for (int i = 0; i < z.Length; i++)
        {
            int place = row * _inputs + i;
            if (_magnitude[place] == 0.0) continue;
            Interval weight = _weight[place];
            terms++;
            sum += weight * z[i].Value;
            magnitude = double.BitIncrement(magnitude + double.BitIncrement(_magnitude[place] * z[i].Value.Magnitude));
            Interval[] inner = z[i].Slopes;
            for (int k = 0; k < inner.Length; k++) slopes[k] += weight * inner[k];
        }

        return new(rounding.Widen(sum, magnitude, terms + _extraRoundings), slopes);
    }

    private static Interval[] Points(double[] values) => [.. values.Select(Interval.Point)];
}
