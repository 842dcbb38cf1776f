namespace LiquidControl.Neural.Certificates;

/// <summary>A number inside the network as a range, and the ranges of its slopes along each variable; without slopes where none are asked for.</summary>
internal readonly record struct Ranged(Interval Value, Interval[] Slopes)
{
    public static Ranged[] WithoutSlopes(IEnumerable<Interval> values) => [.. values.Select(value => new Ranged(value, []))];

    /// <summary>A function of this: its range, and the range of its derivative.</summary>
    public Ranged Through(Interval value, Interval derivative) => new(value, Scaled(derivative));

    public Interval[] Scaled(Interval factor)
    {
        Interval[] scaled = new Interval[Slopes.Length];
        for (int i = 0; i < scaled.Length; i++) scaled[i] = Slopes[i] * factor;
        return scaled;
    }

    public static Interval[] Sum(Interval[] a, Interval[] b)
    {
        Interval[] sum = new Interval[a.Length];
        for (int i = 0; i < sum.Length; i++) sum[i] = a[i] + b[i];
        return sum;
    }

    public Ranged Hull(Ranged other)
    {
        Interval[] slopes = new Interval[Slopes.Length];
        for (int i = 0; i < slopes.Length; i++) slopes[i] = Slopes[i].Hull(other.Slopes[i]);
        return new(Value.Hull(other.Value), slopes);
    }
}
