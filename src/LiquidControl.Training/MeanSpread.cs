namespace LiquidControl.Training;

/// <summary>A figure over several trainings.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="Spread">Its standard deviation (n − 1); null of a single one.</param>
public sealed record MeanSpread(double Mean, double? Spread)
{
    /// <param name="values">One or more.</param>
    public static MeanSpread Of(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return new MeanSpread(
            mean, values.Count > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)) : null);
    }
}
