namespace LiquidControl.Training;

/// <summary>Percentiles with linear interpolation between order statistics, the position being p/100 · (n − 1): numpy's default.</summary>
public static class Percentile
{
    /// <param name="values">At least one value, in any order.</param>
    /// <param name="percent">0 to 100.</param>
    public static double Of(IEnumerable<double> values, double percent)
    {
        double[] sorted = [.. values.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length, nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 0.0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100.0);
        double position = percent / 100.0 * (sorted.Length - 1);
        int below = (int)position;
        double above = sorted[Math.Min(below + 1, sorted.Length - 1)];
        double fraction = position - below;
        return fraction == 0.0 ? sorted[below] : sorted[below] + (fraction * (above - sorted[below]));
    }
}
