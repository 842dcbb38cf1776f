using LiquidControl.Neural.Certificates;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests.Certificates;

public class IntervalTests
{
    [Fact]
    public void Results_hold_what_the_operations_give_for_members()
    {
        RandomStream random = new(11);
        for (int trial = 0; trial < 200_000; trial++)
        {
            Interval a = Draw(random), b = Draw(random);
            double x = Member(a, random), y = Member(b, random);
            // Decimal arithmetic would round elsewhere; a fused product shows the error of the rounded one exactly.
            AssertHolds(a + b, x + y, TwoSumError(x, y), trial);
            AssertHolds(a - b, x - y, TwoSumError(x, -y), trial);
            AssertHolds(a * b, x * y, Math.FusedMultiplyAdd(x, y, -(x * y)), trial);
            if (!b.Contains(0.0))
            {
                double quotient = x / y;
                double remainder = Math.FusedMultiplyAdd(-quotient, y, x);
                AssertHolds(a / b, quotient, remainder / y, trial);
            }

            Assert.True(a.Absolute.Contains(Math.Abs(x)) && a.Hull(b).Contains(x) && a.Hull(b).Contains(y), $"trial {trial}");
        }
    }

    [Fact]
    public void Unbounded_ranges_keep_zero_times_anything_zero()
    {
        Assert.Equal(default, default(Interval) * Interval.Entire);
        Assert.Equal(Interval.Entire, Interval.Point(-2.0) * Interval.Entire);
    }

    [Fact]
    public void A_product_that_underflows_still_holds_the_exact_one()
    {
        Interval tiny = Interval.Point(double.Epsilon) * Interval.Point(0.25);
        Assert.True(tiny.Upper > 0.0, $"{tiny}");
        Assert.True((Interval.Point(-double.Epsilon) * Interval.Point(0.25)).Lower < 0.0, "negative");
    }

    [Theory]
    [InlineData(1.0, 0.5)]
    [InlineData(double.NaN, 0.5)]
    [InlineData(0.5, double.NaN)]
    public void Ends_in_the_wrong_order_are_refused(double lower, double upper) =>
        Assert.Contains("Interval", Assert.Throws<ArgumentException>(() => new Interval(lower, upper)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_divisor_that_holds_zero_is_refused() =>
        Assert.Throws<DivideByZeroException>(() => Interval.Point(1.0) / new Interval(-1.0, 0.0));

    private static Interval Draw(RandomStream random)
    {
        double a = Number(random), b = random.NextInt(4) == 0 ? a : Number(random);
        return new Interval(Math.Min(a, b), Math.Max(a, b));
    }

    private static double Number(RandomStream random) =>
        random.NextInt(8) == 0 ? 0.0 : random.Normal() * Elementary.Exp(random.Uniform(-20.0, 20.0));

    private static double Member(Interval range, RandomStream random) => random.NextInt(3) switch
    {
        0 => range.Lower,
        1 => range.Upper,
        _ => Math.Clamp(random.Uniform(range.Lower, range.Upper), range.Lower, range.Upper),
    };

    private static double TwoSumError(double a, double b)
    {
        double sum = a + b, part = sum - a;
        return a - (sum - part) + (b - part);
    }

    /// <summary>The exact result is the rounded one and an error below half its last place: where there is one, the bound must lie beyond.</summary>
    private static void AssertHolds(Interval range, double rounded, double error, int trial)
    {
        bool holds = range.Contains(rounded)
            && !(error > 0.0 && range.Upper == rounded) && !(error < 0.0 && range.Lower == rounded);
        Assert.True(holds, $"trial {trial}: {range} does not hold {rounded:R} + {error:R}");
    }
}
