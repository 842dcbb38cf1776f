using Xunit;

namespace LiquidControl.Numerics.Tests;

public class ElementaryPropertyTests
{
    private const double Inf = double.PositiveInfinity;

    public static TheoryData<string, double, double> SpecialValues => new()
    {
        { "sin", 0.0, 0.0 }, { "sin", -0.0, -0.0 }, { "sin", Inf, double.NaN }, { "sin", -Inf, double.NaN },
        { "sin", double.NaN, double.NaN },
        { "cos", 0.0, 1.0 }, { "cos", -0.0, 1.0 }, { "cos", Inf, double.NaN }, { "cos", double.NaN, double.NaN },
        { "asin", 0.0, 0.0 }, { "asin", -0.0, -0.0 }, { "asin", 1.0, Math.PI / 2 }, { "asin", -1.0, -Math.PI / 2 },
        { "asin", 1.0000000000000002, double.NaN }, { "asin", Inf, double.NaN }, { "asin", double.NaN, double.NaN },
        { "acos", 1.0, 0.0 }, { "acos", -1.0, Math.PI }, { "acos", 0.0, Math.PI / 2 }, { "acos", -1.5, double.NaN },
        { "acos", double.NaN, double.NaN },
        { "exp", 0.0, 1.0 }, { "exp", -0.0, 1.0 }, { "exp", Inf, Inf }, { "exp", -Inf, 0.0 }, { "exp", 710.0, Inf }, { "exp", -746.0, 0.0 },
        { "exp", double.NaN, double.NaN }, { "exp", -745.0, 4.94065645841246544e-324 },
        { "log", 1.0, 0.0 }, { "log", 0.0, -Inf }, { "log", -0.0, -Inf }, { "log", Inf, Inf }, { "log", -1.0, double.NaN },
        { "log", -Inf, double.NaN }, { "log", double.NaN, double.NaN },
        { "tanh", 0.0, 0.0 }, { "tanh", -0.0, -0.0 }, { "tanh", Inf, 1.0 }, { "tanh", -Inf, -1.0 }, { "tanh", double.NaN, double.NaN },
        { "erf", 0.0, 0.0 }, { "erf", -0.0, -0.0 }, { "erf", Inf, 1.0 }, { "erf", -Inf, -1.0 }, { "erf", double.NaN, double.NaN },
        { "sigmoid", 0.0, 0.5 }, { "sigmoid", Inf, 1.0 }, { "sigmoid", -Inf, 0.0 }, { "sigmoid", double.NaN, double.NaN },
    };

    [Theory]
    [MemberData(nameof(SpecialValues))]
    public void Special_values_are_exact_to_the_sign_of_zero(string name, double x, double expected) =>
        AssertSame(expected, Function(name)(x));

    public static TheoryData<double, double, double> SignedPoints => new()
    {
        { 0.0, 1.0, 0.0 }, { -0.0, 1.0, -0.0 }, { 0.0, -1.0, Math.PI },
        { -0.0, -1.0, -Math.PI }, { 0.0, 0.0, 0.0 }, { -0.0, 0.0, -0.0 },
        { 0.0, -0.0, Math.PI }, { -0.0, -0.0, -Math.PI }, { 1.0, 0.0, Math.PI / 2 },
        { -1.0, -0.0, -Math.PI / 2 }, { Inf, Inf, Math.PI / 4 }, { Inf, -Inf, 3 * Math.PI / 4 },
        { -Inf, 3.0, -Math.PI / 2 }, { 3.0, Inf, 0.0 }, { -3.0, -Inf, -Math.PI },
        { double.NaN, 1.0, double.NaN }, { 1.0, double.NaN, double.NaN },
    };

    [Theory]
    [MemberData(nameof(SignedPoints))]
    public void Atan2_follows_the_signs_of_its_arguments(double y, double x, double expected) =>
        AssertSame(expected, Elementary.Atan2(y, x));

    [Theory]
    [InlineData("exp", -750.0, 712.0)]
    [InlineData("exp", -1.0, 1.0)]
    [InlineData("log", 1e-310, 1e-300)]
    [InlineData("log", 0.5, 2.0)]
    [InlineData("log", 0.9999, 1.0001)]
    [InlineData("tanh", -23.0, 23.0)]
    [InlineData("tanh", 0.6249, 0.6251)]
    [InlineData("asin", -1.0, 1.0)]
    [InlineData("sigmoid", -40.0, 40.0)]
    public void Increasing_functions_never_decrease(string name, double low, double high)
    {
        Func<double, double> f = Function(name);
        const int Steps = 20_000;
        double previous = f(low);
        for (int i = 1; i <= Steps; i++)
        {
            double x = low + (high - low) * i / Steps;
            double y = f(x);
            Assert.True(y >= previous, $"{name} falls to {y:R} at {x:R} from {previous:R}");
            previous = y;
        }
    }

    [Theory]
    [InlineData("erf", 0.84375)]
    [InlineData("erf", 1.25)]
    [InlineData("erf", 1 / 0.35)]
    [InlineData("erf", 6.0)]
    [InlineData("tanh", 0.625)]
    [InlineData("tanh", 22.0)]
    public void Pieces_of_a_function_meet_within_two_ulp(string name, double seam)
    {
        Func<double, double> f = Function(name);
        double below = f(Math.BitDecrement(seam));
        double above = f(seam);
        Assert.InRange(above - below, -2.0 * (Math.BitIncrement(above) - above), 3.0 * (Math.BitIncrement(above) - above));
    }

    [Theory]
    [InlineData("sin")]
    [InlineData("asin")]
    [InlineData("tanh")]
    [InlineData("erf")]
    public void Odd_functions_are_odd_to_the_bit(string name)
    {
        Func<double, double> f = Function(name);
        RandomStream random = new(11);
        for (int i = 0; i < 10_000; i++)
        {
            double x = random.Uniform(0, 1) * Elementary.Exp(random.Uniform(-20, name == "asin" ? 0 : 12));
            AssertSame(-f(x), f(-x));
        }
    }

    [Fact]
    public void Sine_and_cosine_of_one_reduction_equal_the_single_ones_and_lie_on_the_circle()
    {
        RandomStream random = new(12);
        for (int i = 0; i < 20_000; i++)
        {
            double x = random.Normal() * Elementary.Exp(random.Uniform(-5, 60));
            Elementary.SinCos(x, out double s, out double c);
            AssertSame(Elementary.Sin(x), s);
            AssertSame(Elementary.Cos(x), c);
            AssertSame(c, Elementary.Cos(-x));
            Assert.Equal(1.0, s * s + c * c, 4.5e-16);
        }
    }

    [Fact]
    public void Sines_and_cosines_of_several_angles_are_those_of_each_to_the_bit()
    {
        double[] special =
        [
            0.0, -0.0, double.Epsilon, -1e-310, 1e-9, -7.4505e-9, Math.PI / 4, -Math.PI / 4, Math.BitIncrement(Math.PI / 4), Math.PI / 2,
            -Math.PI, 1.5 * Math.PI, 1e6, Math.BitIncrement(1e6), -1e22, double.MaxValue, double.NaN, double.PositiveInfinity,
            double.NegativeInfinity,
        ];
        RandomStream random = new(14);
        double[] sines = new double[13], cosines = new double[13];
        for (int trial = 0; trial < 40_000; trial++)
        {
            int count = random.NextInt(14);
            double[] angles = new double[count];
            for (int i = 0; i < count; i++)
            {
                // Specials are rare enough that most runs of four have none.
                angles[i] = random.NextInt(20) == 0
                    ? special[random.NextInt(special.Length)]
                    : random.Normal() * Elementary.Exp(random.Uniform(-8, 8));
            }

            Elementary.SinCos(angles, sines.AsSpan(0, count), cosines.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                AssertSame(Elementary.Sin(angles[i]), sines[i]);
                AssertSame(Elementary.Cos(angles[i]), cosines[i]);
            }
        }
    }

    [Fact]
    public void Several_angles_need_as_many_places_for_the_results() =>
        Assert.Throws<ArgumentException>(() => Elementary.SinCos(new double[6], new double[6], new double[5]));

    [Fact]
    public void The_generic_forms_round_the_double_result()
    {
        RandomStream random = new(13);
        for (int i = 0; i < 1_000; i++)
        {
            float x = (float)(4.0 * random.Normal());
            Assert.Equal((float)Elementary.Tanh((double)x), Elementary.Tanh(x));
            Assert.Equal((float)Elementary.Exp((double)x), Elementary.Exp(x));
            Assert.Equal((float)Elementary.Erf((double)x), Elementary.Erf(x));
            Assert.Equal((float)Elementary.Sigmoid((double)x), Elementary.Sigmoid(x));
            Assert.Equal(Elementary.Tanh((double)x), Elementary.Tanh<double>(x));
        }
    }

    private static Func<double, double> Function(string name) => name switch
    {
        "sin" => Elementary.Sin,
        "cos" => Elementary.Cos,
        "asin" => Elementary.Asin,
        "acos" => Elementary.Acos,
        "exp" => Elementary.Exp,
        "log" => Elementary.Log,
        "tanh" => Elementary.Tanh,
        "erf" => Elementary.Erf,
        "sigmoid" => Elementary.Sigmoid,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such function"),
    };

    /// <summary>Equal in every bit; every NaN is equal.</summary>
    private static void AssertSame(double expected, double actual)
    {
        if (double.IsNaN(expected) && double.IsNaN(actual)) return;
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));
    }
}
