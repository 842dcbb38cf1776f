namespace LiquidControl.Neural.Certificates;

/// <summary>
/// All real numbers from Lower to Upper, either of which may be infinite. Every result is rounded outwards, so that it holds whatever the
/// exact operation gives for members of the operands.
/// </summary>
public readonly record struct Interval
{
    /// <exception cref="ArgumentException">A bound is NaN, or they are in the wrong order.</exception>
    public Interval(double lower, double upper)
    {
        if (!(lower <= upper)) throw new ArgumentException($"Interval: found {lower} to {upper}, expected a lower bound not above the upper one.");
        Lower = lower;
        Upper = upper;
    }

    public static Interval Entire { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    public double Lower { get; }

    public double Upper { get; }

    public double Width => double.BitIncrement(Upper - Lower);

    /// <summary>The largest absolute value.</summary>
    public double Magnitude => Math.Max(Math.Abs(Lower), Math.Abs(Upper));

    /// <summary>The absolute values.</summary>
    public Interval Absolute => Contains(0.0) ? new(0.0, Magnitude) : new(Math.Min(Math.Abs(Lower), Math.Abs(Upper)), Magnitude);

    public bool IsBounded => double.IsFinite(Lower) && double.IsFinite(Upper);

    public static Interval Point(double value) => new(value, value);

    public static Interval operator +(Interval a, Interval b) => new(Down(a.Lower + b.Lower), Up(a.Upper + b.Upper));

    public static Interval operator -(Interval a) => new(-a.Upper, -a.Lower);

    public static Interval operator -(Interval a, Interval b) => a + -b;

    public static Interval operator *(Interval a, Interval b)
    {
        double p = Product(a.Lower, b.Lower), q = Product(a.Lower, b.Upper), r = Product(a.Upper, b.Lower), s = Product(a.Upper, b.Upper);
        double lower = Math.Min(Math.Min(p, q), Math.Min(r, s));
        double upper = Math.Max(Math.Max(p, q), Math.Max(r, s));
        // A product of nonzero numbers may underflow to zero, which Down and Up take for exact.
        bool mayUnderflow = !IsZero(a) && !IsZero(b);
        return new(lower == 0.0 && mayUnderflow && !SameSign(a, b) ? -double.Epsilon : Down(lower),
            upper == 0.0 && mayUnderflow && !OppositeSign(a, b) ? double.Epsilon : Up(upper));
    }

    /// <exception cref="DivideByZeroException">The divisor holds zero.</exception>
    public static Interval operator /(Interval a, Interval b)
    {
        if (b.Contains(0.0)) throw new DivideByZeroException($"Interval: the divisor, {b.Lower} to {b.Upper}, holds zero.");
        return a * new Interval(double.BitDecrement(1.0 / b.Upper), double.BitIncrement(1.0 / b.Lower));
    }

    public bool Contains(double value) => value >= Lower && value <= Upper;

    public bool Contains(Interval other) => other.Lower >= Lower && other.Upper <= Upper;

    /// <summary>The smallest interval that holds both.</summary>
    public Interval Hull(Interval other) => new(Math.Min(Lower, other.Lower), Math.Max(Upper, other.Upper));

    /// <summary>What both hold; both must hold something.</summary>
    public Interval Intersect(Interval other) => new(Math.Max(Lower, other.Lower), Math.Min(Upper, other.Upper));

    /// <summary>This, and all that lies within a distance of it.</summary>
    public Interval Widen(double distance) => new(Down(Lower - distance), Up(Upper + distance));

    public override string ToString() => FormattableString.Invariant($"[{Lower:R}, {Upper:R}]");

    /// <summary>0 times an infinite bound is 0: the bound stands for numbers as large as you like, all of them finite.</summary>
    private static double Product(double a, double b) => a == 0.0 || b == 0.0 ? 0.0 : a * b;

    private static bool IsZero(Interval a) => a.Lower == 0.0 && a.Upper == 0.0;

    private static bool SameSign(Interval a, Interval b) => (a.Lower >= 0.0 && b.Lower >= 0.0) || (a.Upper <= 0.0 && b.Upper <= 0.0);

    private static bool OppositeSign(Interval a, Interval b) => (a.Lower >= 0.0 && b.Upper <= 0.0) || (a.Upper <= 0.0 && b.Lower >= 0.0);

    /// <summary>A sum that comes out as zero is exact.</summary>
    private static double Down(double value) => value == 0.0 ? 0.0 : double.BitDecrement(value);

    private static double Up(double value) => value == 0.0 ? 0.0 : double.BitIncrement(value);
}
