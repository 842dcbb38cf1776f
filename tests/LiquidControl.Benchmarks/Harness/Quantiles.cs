namespace LiquidControl.Benchmarks.Harness;

/// <summary>Measured numbers in order; each quantile is one of them.</summary>
internal sealed class Quantiles
{
    private readonly double[] _sorted;

    /// <summary>Keeps and sorts these; at least one.</summary>
    public Quantiles(double[] values)
    {
        Array.Sort(values);
        _sorted = values;
    }

    public double Median => At(0.5);

    public double Largest => _sorted[^1];

    /// <summary>The smallest number that this part of them does not exceed.</summary>
    public double At(double part) => _sorted[Math.Clamp((int)Math.Ceiling(part * _sorted.Length) - 1, 0, _sorted.Length - 1)];
}
