using LiquidControl.Numerics;

namespace LiquidControl.Neural.Certificates;

/// <summary>The network's functions of a range: what holds the values computed, and the exact derivative.</summary>
internal static class RangedFunctions
{
    private const double InverseSqrt2 = 0.70710678118654752440;
    private const double InverseSqrt2Pi = 0.39894228040143267794;

    /// <summary>x σ(x) is least here, about.</summary>
    private const double SiluBottom = -1.2784645;
    private const double SiluLeast = -0.27846454276107380;
    private const double SiluSteepest = 2.3993572805154;
    private const double SiluLargestSlope = 1.0998393194;

    private const double GeluBottom = -0.7517916;
    private const double GeluLeast = -0.16997120747990369;
    /// <summary>Up to this |x| rounding 1 + erf near zero is multiplied by; beyond, the sum is zero or grows with the result.</summary>
    private const double GeluCancellation = 8.5;
    private const double GeluSteepest = 1.4142135623731;
    private const double GeluLargestSlope = 1.1289041452;

    /// <summary>Beyond this every derivative has reached its limit, to within the slack it is given.</summary>
    private const double Far = 60.0;
    private const double DerivativeSlack = 1e-13;
    private const double LimitSlack = 1e-9;
    private const double PlaceSlack = 1e-6;

    public static Ranged Tanh(Ranged x, Rounding rounding)
    {
        Interval t = Tanh(x.Value, rounding);
        return x.Through(t, TanhSlope(t));
    }

    public static Ranged Sigmoid(Ranged x, Rounding rounding)
    {
        Interval s = Sigmoid(x.Value, rounding);
        return x.Through(s, SigmoidSlope(s));
    }

    public static Ranged LecunTanh(Ranged x, Rounding rounding)
    {
        Interval slope = Interval.Point(rounding.Stored(Neural.LecunTanh.Slope));
        Interval amplitude = Interval.Point(rounding.Stored(Neural.LecunTanh.Amplitude));
        Interval t = Tanh(rounding.Round(x.Value * slope), rounding);
        return x.Through(rounding.Round(amplitude * t), amplitude * slope * TanhSlope(t));
    }

    public static Ranged Head(HeadActivation activation, Ranged x, Rounding rounding) => activation switch
    {
        HeadActivation.Tanh => Tanh(x, rounding),
        HeadActivation.LecunTanh => LecunTanh(x, rounding),
        _ => x,
    };

    public static Ranged Backbone(Activation activation, Ranged x, Rounding rounding) => activation switch
    {
        Activation.Tanh => Tanh(x, rounding),
        Activation.LecunTanh => LecunTanh(x, rounding),
        Activation.Relu => x.Through(new(Math.Max(x.Value.Lower, 0.0), Math.Max(x.Value.Upper, 0.0)),
            new(x.Value.Lower > 0.0 ? 1.0 : 0.0, x.Value.Upper > 0.0 ? 1.0 : 0.0)),
        Activation.Silu => x.Through(
            Bowl(x.Value, Silu, SiluBottom, SiluLeast, 0.0, rounding),
            Wave(x.Value, SiluSlope, SiluSteepest, SiluLargestSlope)),
        _ => x.Through(
            Bowl(x.Value, Gelu, GeluBottom, GeluLeast, GeluCancellation, rounding),
            Wave(x.Value, GeluSlope, GeluSteepest, GeluLargestSlope)),
    };

    /// <summary>e^x for a range of x.</summary>
    public static Interval Exp(Interval x, Rounding rounding)
    {
        Interval e = rounding.Function(Elementary.Exp(x.Lower), Elementary.Exp(x.Upper));
        return new(Math.Max(e.Lower, 0.0), e.Upper);
    }

    /// <summary>erf x for a range of x.</summary>
    public static Interval Erf(Interval x, Rounding rounding) =>
        rounding.Function(Elementary.Erf(x.Lower), Elementary.Erf(x.Upper)).Intersect(new(-1.0, 1.0));

    public static Interval Tanh(Interval x, Rounding rounding) =>
        rounding.Function(Elementary.Tanh(x.Lower), Elementary.Tanh(x.Upper)).Intersect(new(-1.0, 1.0));

    public static Interval Sigmoid(Interval x, Rounding rounding) =>
        rounding.Function(Elementary.Sigmoid(x.Lower), Elementary.Sigmoid(x.Upper)).Intersect(new(0.0, 1.0));

    /// <summary>1 - t² for tanh values t.</summary>
    public static Interval TanhSlope(Interval t)
    {
        Interval a = t.Absolute;
        Interval square = a * a;
        return (Interval.Point(1.0) - square).Intersect(new(0.0, 1.0));
    }

    /// <summary>s (1 - s) for sigmoid values s: the closer to ½, the more.</summary>
    public static Interval SigmoidSlope(Interval s)
    {
        Interval distance = (s - Interval.Point(0.5)).Absolute;
        return (Interval.Point(0.25) - distance * distance).Intersect(new(0.0, 0.25));
    }

    /// <summary>A function that falls to its only minimum and rises from there to infinity.</summary>
    private static Interval Bowl(Interval x, Func<double, double> function, double bottom, double least, double cancellation, Rounding rounding)
    {
        double left = function(x.Lower), right = function(x.Upper);
        bool holdsBottom = x.Lower < bottom + PlaceSlack && x.Upper > bottom - PlaceSlack;
        double lower = holdsBottom ? least : Math.Min(left, right);
        // More roundings than a plain function's: of the argument's factor, of the sum, which may cancel, and of the products.
        Interval range = rounding.Round(rounding.Function(lower, Math.Max(left, right)), 4);
        return rounding.Widen(range, cancellation, 4);
    }

    /// <summary>A derivative that is least at -steepest and largest at +steepest, monotone elsewhere, with the sum 1 of its limits.</summary>
    private static Interval Wave(Interval x, Func<double, double> slope, double steepest, double largest)
    {
        double left = slope(Math.Clamp(x.Lower, -Far, Far)), right = slope(Math.Clamp(x.Upper, -Far, Far));
        double lower = Math.Min(left, right) - DerivativeSlack, upper = Math.Max(left, right) + DerivativeSlack;
        if (x.Lower < steepest + PlaceSlack && x.Upper > steepest - PlaceSlack) upper = largest + LimitSlack;
        if (x.Lower < -steepest + PlaceSlack && x.Upper > -steepest - PlaceSlack) lower = 1.0 - largest - LimitSlack;
        return new(lower, upper);
    }

    private static double Silu(double x) => double.IsNegativeInfinity(x) ? 0.0 : x * Elementary.Sigmoid(x);

    private static double SiluSlope(double x)
    {
        double s = Elementary.Sigmoid(x);
        return s * (1.0 + x * Elementary.Sigmoid(-x));
    }

    private static double Gelu(double x) => double.IsNegativeInfinity(x) ? 0.0 : 0.5 * x * (1.0 + Elementary.Erf(x * InverseSqrt2));

    private static double GeluSlope(double x) =>
        0.5 * (1.0 + Elementary.Erf(x * InverseSqrt2)) + x * InverseSqrt2Pi * Elementary.Exp(-0.5 * x * x);
}
