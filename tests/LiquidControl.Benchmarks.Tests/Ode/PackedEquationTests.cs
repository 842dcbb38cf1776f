using System.Numerics;
using System.Runtime.Intrinsics;
using LiquidControl.Benchmarks.Kernel;
using LiquidControl.Benchmarks.Kernel.Ode;
using LiquidControl.Neural;
using LiquidControl.Neural.Ode;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Benchmarks.Tests.Ode;

public sealed unsafe class PackedEquationTests
{
    private const ulong Seed = 31;

    public static TheoryData<string> Sizes => [.. KernelSize.Wired.Select(size => size.Name)];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_derivative_in_double_is_that_of_the_plain_equation(string size) =>
        Assert.InRange(WorstDifference<double, DoubleLanes>(Parameters(size)), 0.0, 2e-9);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_derivative_in_float_is_that_of_the_plain_equation(string size) =>
        Assert.InRange(WorstDifference<float, FloatLanes>(Parameters(size)), 0.0, 2e-4);

    [Fact]
    public void The_tanh_in_double_is_good_to_1e_11()
    {
        RandomStream random = new(Seed);
        double worst = 0.0;
        for (int i = 0; i < 200_000; i++)
        {
            double x = random.Uniform(-20.0, 20.0);
            worst = Math.Max(worst, Math.Abs(DoubleLanes.Tanh(Vector256.Create(x))[i % 4] - Elementary.Tanh(x)));
        }

        Assert.InRange(worst, 0.0, 1e-11);
        Assert.Equal(0.0, DoubleLanes.Tanh(Vector256<double>.Zero)[0]);
        Assert.InRange(Math.Abs(DoubleLanes.Tanh(Vector256.Create(double.NegativeInfinity))[0] + 1.0), 0.0, 1e-11);
        Assert.True(double.IsNaN(DoubleLanes.Tanh(Vector256.Create(double.NaN))[0]));
    }

    /// <summary>With mappings and capacitances that are not the usual ones.</summary>
    private static LtcParameters<double> Parameters(string size)
    {
        NetworkWeights weights = KernelSize.Wired.Single(one => one.Name == size).DrawLtc();
        RandomStream random = new(Seed);
        foreach (string key in (string[])[LtcKeys.InputWeight, LtcKeys.InputBias, LtcKeys.Capacitance])
        {
            foreach (ref double value in weights[key]) value = random.Uniform(0.2, 2.0);
        }

        return LtcParameters<double>.From(weights);
    }

    private static double WorstDifference<TNumber, TLanes>(LtcParameters<double> parameters)
        where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
        where TLanes : struct, ILanes<TNumber>
    {
        LtcEquation<double> plain = new(parameters);
        PackedEquation<TNumber, TLanes> packed = new(parameters);
        double[] input = new double[parameters.InputWeight.Length], state = new double[plain.Size], expected = new double[plain.Size];
        TNumber[] packedInput = new TNumber[packed.InputLength];
        TNumber[] packedState = new TNumber[packed.Length], slopes = new TNumber[packed.Length];
        RandomStream random = new(Seed);
        double worst = 0.0;
        for (int trial = 0; trial < 200; trial++)
        {
            // Exact in 32 bits, so that both read the same.
            for (int i = 0; i < input.Length; i++) packedInput[i] = TNumber.CreateTruncating(input[i] = (float)random.Uniform(-2.0, 2.0));
            for (int j = 0; j < state.Length; j++)
                packedState[packed.Places[j]] = TNumber.CreateTruncating(state[j] = (float)random.Uniform(-2.0, 2.0));
            plain.Hold(input);
            plain.Derivative(state, expected);
            fixed (TNumber* x = packedInput, y = packedState, dydt = slopes)
            {
                packed.Hold(x);
                packed.Derivative(y, dydt, Vector256<TNumber>.Count);
            }

            for (int j = 0; j < state.Length; j++)
                worst = Math.Max(worst, Math.Abs(double.CreateTruncating(slopes[packed.Places[j]]) - expected[j]));
        }

        return worst;
    }
}
