namespace LiquidControl.Training.Observing;

/// <summary>
/// How one estimator stands to another over the regimes. It is better or worse in a regime where the means differ by more than both spreads
/// together; a single training has no spread, and nothing can be said of it beyond its ratio.
/// </summary>
/// <param name="Against">The other estimator.</param>
/// <param name="Quantity">What is compared.</param>
/// <param name="Better">Regimes in which it is better.</param>
/// <param name="Worse">Regimes in which it is worse.</param>
/// <param name="Regimes">Regimes in all.</param>
/// <param name="SmallestRatio">Of its mean error over the other's.</param>
/// <param name="LargestRatio">Of its mean error over the other's.</param>
public sealed record ObserverVerdict(
    string Against, string Quantity, int Better, int Worse, int Regimes, double SmallestRatio, double LargestRatio)
{
    /// <summary>Velocity, then position.</summary>
    public static IReadOnlyList<ObserverVerdict> Of(ObserverRow one, ObserverRow other) =>
    [
        Of(one, other, "velocity", static error => error.Velocity),
        Of(one, other, "position", static error => error.Position),
    ];

    private static ObserverVerdict Of(ObserverRow one, ObserverRow other, string quantity, Func<ObserverError, MeanSpread> select)
    {
        (MeanSpread Own, MeanSpread Other)[] pairs = [.. one.Errors.Zip(other.Errors, (a, b) => (select(a), select(b)))];
        double[] ratios = [.. pairs.Select(static pair => pair.Own.Mean / pair.Other.Mean)];
        return new ObserverVerdict(
            other.Estimator, quantity, pairs.Count(static pair => IsBelow(pair.Own, pair.Other)),
            pairs.Count(static pair => IsBelow(pair.Other, pair.Own)), pairs.Length, ratios.Min(), ratios.Max());
    }

    /// <summary>What is computed without chance, as the Kalman filter, has a spread of 0.</summary>
    private static bool IsBelow(MeanSpread one, MeanSpread other) => other.Mean - one.Mean > one.Spread + other.Spread;
}
