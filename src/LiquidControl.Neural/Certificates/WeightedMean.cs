namespace LiquidControl.Neural.Certificates;

/// <summary>A value of a weighted mean with the range of its weight, which is not negative.</summary>
internal readonly record struct MeanTerm(Ranged Weight, Interval Value);

/// <summary>Σ a v / Σ a over ranges of the weights a and of the values v.</summary>
internal sealed class WeightedMean(MeanTerm[] terms)
{
    /// <summary>What holds the computed mean; everything if all weights may be zero at once.</summary>
    public Interval Range(Rounding rounding)
    {
        double upper = Largest([.. terms.OrderByDescending(term => term.Value.Upper).Select(term => (term.Weight.Value, term.Value.Upper))]);
        double lower = -Largest([.. terms.OrderBy(term => term.Value.Lower).Select(term => (term.Weight.Value, -term.Value.Lower))]);
        if (double.IsInfinity(upper) || double.IsInfinity(lower)) return new(lower, upper);
        // Numerator and denominator are sums of as many products, each relative to non-negative weights: (1 + θ_n) / (1 + θ_n) = 1 + θ_3n.
        double magnitude = terms.Max(term => term.Value.Magnitude);
        return rounding.Widen(new(lower, upper), magnitude, 3 * (terms.Length + 4));
    }

    /// <summary>
    /// dx' = (c dx + Σ (v - x') da) / Σ a, where c is the weight of the neuron's own old state x, whose slopes are given.
    /// </summary>
    public Interval[] Slopes(Interval mean, MeanTerm own, Interval[] ownSlopes)
    {
        Interval[] slopes = new Interval[ownSlopes.Length];
        if (slopes.Length == 0) return slopes;
        Interval total = default;
        foreach (MeanTerm term in terms) total += term.Weight.Value;
        if (total.Lower <= 0.0)
        {
            Array.Fill(slopes, Interval.Entire);
            return slopes;
        }

        Interval share = Share(own.Weight.Value);
        for (int k = 0; k < slopes.Length; k++) slopes[k] = share * ownSlopes[k];
        foreach (MeanTerm term in terms)
        {
            if (term.Weight.Slopes.Length == 0) continue;
            Interval factor = (term.Value - mean) / total;
            for (int k = 0; k < slopes.Length; k++) slopes[k] += factor * term.Weight.Slopes[k];
        }

        return slopes;
    }

    /// <summary>A weight's part of all the weights, which rises with it and falls with the others.</summary>
    private Interval Share(Interval weight)
    {
        // One of the terms is the weight itself.
        Interval least = default, most = default;
        bool skipped = false;
        foreach (MeanTerm term in terms)
        {
            if (!skipped && term.Weight.Value == weight)
            {
                skipped = true;
                continue;
            }

            least += Interval.Point(term.Weight.Value.Lower);
            most += Interval.Point(term.Weight.Value.Upper);
        }

        Interval low = Interval.Point(weight.Lower), high = Interval.Point(weight.Upper);
        double lower = weight.Lower == 0.0 ? 0.0 : (low / (low + most)).Lower;
        double upper = weight.Upper == 0.0 ? 0.0 : (high / (high + least)).Upper;
        return new(Math.Max(lower, 0.0), Math.Min(upper, 1.0));
    }

    /// <summary>The largest mean, the terms sorted by falling value: the first so many have their largest weight, the rest their least.</summary>
    private static double Largest((Interval Weight, double Value)[] sorted)
    {
        if (double.IsInfinity(sorted[0].Value)) return double.PositiveInfinity;
        int count = sorted.Length;
        Interval[] sumBehind = new Interval[count + 1];
        Interval[] weightBehind = new Interval[count + 1];
        for (int i = count - 1; i >= 0; i--)
        {
            Interval weight = Interval.Point(sorted[i].Weight.Lower);
            sumBehind[i] = sumBehind[i + 1] + weight * Interval.Point(sorted[i].Value);
            weightBehind[i] = weightBehind[i + 1] + weight;
        }

        Interval sum = default, total = default;
        double largest = double.NegativeInfinity;
        for (int i = 0; ; i++)
        {
            Interval divisor = total + weightBehind[i];
            if (divisor.Lower > 0.0) largest = Math.Max(largest, ((sum + sumBehind[i]) / divisor).Upper);
            else if (divisor.Upper > 0.0) return double.PositiveInfinity;
            if (i == count) break;
            Interval weight = Interval.Point(sorted[i].Weight.Upper);
            sum += weight * Interval.Point(sorted[i].Value);
            total += weight;
        }

        return double.IsNegativeInfinity(largest) ? double.PositiveInfinity : largest;
    }
}
