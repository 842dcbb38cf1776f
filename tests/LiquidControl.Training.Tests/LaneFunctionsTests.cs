using System.Runtime.Intrinsics;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Training.Tests;

/// <summary>The fast float functions against the double ones of Numerics, over a dense sweep of arguments of every magnitude.</summary>
public sealed class LaneFunctionsTests
{
    [Fact]
    public void Tanh_is_within_four_ulp() =>
        AssertWithin(4.0, LaneFunctions.Tanh, Elementary.Tanh, Sweep(1e-30, 20.0));

    [Fact]
    public void Exp_is_within_two_ulp() =>
        AssertWithin(2.0, LaneFunctions.Exp, Elementary.Exp, Sweep(1e-30, 86.9));

    [Fact]
    public void Sigmoid_is_within_four_ulp() =>
        AssertWithin(4.0, LaneFunctions.Sigmoid, static x => 1.0 / (1.0 + Elementary.Exp(-x)), Sweep(1e-30, 80.0));

    [Fact]
    public void Erf_is_rounded_from_double() =>
        AssertWithin(0.51, LaneFunctions.Erf, Elementary.Erf, Sweep(1e-20, 5.0));

    [Fact]
    public void Functions_saturate_beyond_their_range()
    {
        Assert.Equal(1f, LaneFunctions.Tanh(Vector256.Create(float.PositiveInfinity))[0]);
        Assert.Equal(-1f, LaneFunctions.Tanh(Vector256.Create(-1e30f))[0]);
        Assert.Equal(1f, LaneFunctions.Sigmoid(Vector256.Create(1e30f))[0]);
        Assert.InRange(LaneFunctions.Sigmoid(Vector256.Create(-1e30f))[0], 0f, 1e-37f);
        Assert.InRange(LaneFunctions.Exp(Vector256.Create(float.NegativeInfinity))[0], 0f, 1e-37f);
    }

    [Fact]
    public void Not_a_number_passes_through()
    {
        Vector256<float> nan = Vector256.Create(float.NaN);
        Assert.True(float.IsNaN(LaneFunctions.Tanh(nan)[0]));
        Assert.True(float.IsNaN(LaneFunctions.Exp(nan)[0]));
        Assert.True(float.IsNaN(LaneFunctions.Sigmoid(nan)[0]));
        Assert.True(float.IsNaN(LaneFunctions.Erf(nan)[0]));
    }

    private static List<float> Sweep(double smallest, double largest)
    {
        List<float> values = [0f];
        for (double x = smallest; x < largest; x *= 1.0007)
            values.AddRange([(float)x, (float)-x]);
        for (double x = 0.0; x < largest; x += largest / 40000.0)
            values.AddRange([(float)x, (float)-x]);
        return values;
    }

    private static void AssertWithin(double ulps, Func<Vector256<float>, Vector256<float>> function, Func<double, double> reference, List<float> arguments)
    {
        foreach (float x in arguments)
        {
            double expected = reference(x);
            float found = function(Vector256.Create(x))[3];
            float nearest = (float)Math.Abs(expected);
            double ulp = Math.Max(float.BitIncrement(nearest) - nearest, float.Epsilon);
            Assert.True(Math.Abs(found - expected) <= ulps * ulp, $"at {x:r}: {found:r}, expected {expected:r}, {Math.Abs(found - expected) / ulp:f2} ulp");
        }
    }
}
