namespace LiquidControl.Neural.Kernels;

/// <summary>
/// A timespan as an integer: Factor 2^(Exponent - 30), with Exponent 0 up to a timespan of 1, so that short ones have an absolute
/// precision of 2^-31 and long ones a relative one. Above <see cref="Longest"/> it stays there.
/// </summary>
internal readonly struct FixedTimespan
{
    /// <summary>In the unit of training.</summary>
    public const float Longest = 1 << MostExponent;

    /// <summary>A factor of 1 is 2^30.</summary>
    public const int FractionBits = 30;

    private const int MostExponent = 20;

    /// <param name="timespan">Finite, not negative.</param>
    public FixedTimespan(float timespan)
    {
        double value = Math.Min(timespan, Longest);
        int exponent = 0;
        while (value > 1.0)
        {
            value *= 0.5;
            exponent++;
        }

        Factor = (int)Math.Round(value * (1 << FractionBits));
        Exponent = exponent;
    }

    /// <summary>0 to 2^30.</summary>
    public int Factor { get; }

    /// <summary>0 to 20.</summary>
    public int Exponent { get; }
}
