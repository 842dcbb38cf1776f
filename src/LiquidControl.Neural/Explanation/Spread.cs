namespace LiquidControl.Neural.Explanation;

/// <summary>Where numbers lie.</summary>
/// <param name="Middle">Their mean or median; the property that holds this says which.</param>
/// <param name="Min">The least of them.</param>
/// <param name="Max">The largest of them.</param>
public readonly record struct Spread(double Middle, double Min, double Max)
{
    internal static Spread WithMean(double[] values) => new(values.Average(), values.Min(), values.Max());

    internal static Spread WithMedian(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread(0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]), sorted[0], sorted[^1]);
    }
}
