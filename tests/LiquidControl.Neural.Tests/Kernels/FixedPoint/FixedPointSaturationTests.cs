using LiquidControl.Neural.Explanation;
using LiquidControl.Neural.Kernels;
using Xunit;

namespace LiquidControl.Neural.Tests.Kernels;

public class FixedPointSaturationTests
{
    [Theory]
    [InlineData(float.MaxValue, float.MaxValue)]
    [InlineData(-float.MaxValue, 0f)]
    [InlineData(1e10f, 1e-30f)]
    [InlineData(-8f, 1e6f)]
    public void Extreme_numbers_end_at_their_ranges(float input, float timespan)
    {
        foreach (NetworkArchitecture architecture in FixedPointNetworks.Kinds)
        {
            NetworkWeights weights = FixedPointNetworks.Draw(architecture, 5);
            foreach (ref double weight in weights.Parameters.AsSpan())
            {
                // Masks stay what they are.
                if (weight is not (0.0 or 1.0)) weight *= 3.0;
            }

            int layers = architecture is CfcArchitecture dense ? dense.BackboneLayers : 0;
            FixedPointRanges ranges = new() { Hidden = [.. Enumerable.Repeat(4.0, layers)] };
            foreach (KernelPrecision precision in FixedPointNetworks.Precisions)
            {
                Run(architecture, FixedPointKernel.Compile(weights, precision, ranges), input, timespan);
            }
        }
    }

    private static void Run(NetworkArchitecture architecture, FixedPointKernel kernel, float input, float timespan)
    {
        KernelState state = kernel.CreateState();
        float[] inputs = [.. Enumerable.Repeat(input, kernel.InputSize)];
        float[] atEnds = [.. Enumerable.Repeat(Math.Clamp(input, -1e5f, 1e5f), kernel.InputSize)];
        float[] output = new float[kernel.OutputSize], expected = new float[kernel.OutputSize], states = new float[kernel.StateSize];
        KernelState same = kernel.CreateState();
        for (int step = 0; step < 100; step++)
        {
            Assert.Equal(StepResult.Ok, kernel.Step(state, inputs, timespan, output));
            Assert.Equal(StepResult.Ok, kernel.Step(same, atEnds, Math.Min(timespan, 1 << 20), expected));
            Assert.Equal(expected, output);
            state.Read(states);
            Assert.All(states.Take(architecture.NeuronCount), value => Assert.InRange(value, -16f, 16f));
            Assert.All(states.Skip(architecture.NeuronCount), value => Assert.InRange(value, -64f, 64f));
        }
    }

    /// <summary>One unit whose gate is σ(rate dt + offset): rates, offsets and timespans whose products are far beyond 32 bits.</summary>
    [Theory]
    [InlineData(100.0, 0.0, 1e5f, 1.0)]
    [InlineData(-100.0, 0.0, 1e5f, 0.0)]
    [InlineData(100.0, -400.0, 1e5f, 1.0)]
    [InlineData(-100.0, 400.0, 1e30f, 0.0)]
    [InlineData(100.0, -400.0, 3f, 0.0)]
    [InlineData(0.0, 400.0, 1e5f, 1.0)]
    [InlineData(0.001, 0.0, 1e6f, 1.0)]
    [InlineData(100.0, 0.0, 0f, 0.5)]
    public void A_gate_saturates_on_the_side_it_is_on(double rate, double offset, float timespan, double gate)
    {
        NetworkWeights weights = new(new CfcArchitecture { InputSize = 1, Units = 1, BackboneLayers = 0 });
        weights[CfcKeys.Head1 + CfcKeys.Bias][0] = 20.0;
        weights[CfcKeys.Head2 + CfcKeys.Bias][0] = -20.0;
        weights[CfcKeys.TimeA + CfcKeys.Bias][0] = rate;
        weights[CfcKeys.TimeB + CfcKeys.Bias][0] = offset;
        foreach (KernelPrecision precision in FixedPointNetworks.Precisions)
        {
            FixedPointKernel kernel = FixedPointKernel.Compile(weights, precision);
            float[] output = new float[1];
            Assert.Equal(StepResult.Ok, kernel.Step(kernel.CreateState(), [0f], timespan, output));
            Assert.Equal(1.0 - 2.0 * gate, output[0], 1e-4);
        }
    }

    [Fact]
    public void A_row_that_is_always_zero_takes_no_precision_from_the_others()
    {
        NetworkWeights weights = FixedPointNetworks.Draw(new CfcArchitecture { InputSize = 4, Units = 6, BackboneLayers = 0 }, 2);
        weights[CfcKeys.Head1 + CfcKeys.Weight][..10].Clear();
        weights[CfcKeys.Head1 + CfcKeys.Bias][0] = 0.0;
        FixedPointKernel kernel = FixedPointKernel.Compile(weights, KernelPrecision.Fixed16);
        Recording recording = FixedPointNetworks.Record(weights.Architecture, 50, 1);
        Assert.InRange(FixedPointComparison.Of(weights, kernel, [recording]).StateError, 1e-9, 2e-4);
    }

    [Fact]
    public void A_memory_cell_stays_within_its_range()
    {
        NetworkWeights weights = new(new CfcArchitecture { InputSize = 1, Units = 1, BackboneLayers = 0, Memory = MemoryCoupling.State });
        Span<double> bias = weights[LstmKeys.InputMap + CfcKeys.Bias];
        bias.Fill(30.0);
        foreach (KernelPrecision precision in FixedPointNetworks.Precisions)
        {
            FixedPointKernel kernel = FixedPointKernel.Compile(weights, precision);
            KernelState state = kernel.CreateState();
            float[] states = new float[2];
            float before = 0;
            for (int step = 0; step < 80; step++)
            {
                kernel.Step(state, [0f], 1, new float[1]);
                state.Read(states);
                Assert.InRange(states[1], before, 64f);
                before = states[1];
            }

            Assert.Equal(64f, before, 1e-2f);
        }
    }

    [Theory]
    [InlineData("rnn_cell.backbone.0")]
    [InlineData("rnn_cell.ff1")]
    [InlineData("fc")]
    public void A_range_that_would_overflow_names_the_tensor(string layer)
    {
        CfcArchitecture architecture = new() { InputSize = 2, Units = 3, BackboneUnits = 4, ProjectionSize = 1 };
        foreach ((KernelPrecision precision, double weight) in new[] { (KernelPrecision.Fixed16, 1e3), (KernelPrecision.Fixed32, 1e7) })
        {
            NetworkWeights weights = FixedPointNetworks.Draw(architecture, 1);
            weights[layer + CfcKeys.Weight][1] = weight;
            ModelFormatException error = Assert.Throws<ModelFormatException>(() => FixedPointKernel.Compile(weights, precision));
            Assert.Contains($"tensor '{layer}.weight'", error.Message);
            Assert.Contains("overflow", error.Message);
        }
    }

    [Fact]
    public void Ranges_that_do_not_fit_are_refused()
    {
        NetworkWeights weights = FixedPointNetworks.Draw(new CfcArchitecture { InputSize = 2, Units = 3, BackboneUnits = 4 }, 1);
        FixedPointRanges[] wrong =
        [
            new() { Inputs = [1.0] }, new() { Inputs = [1.0, 0.0] }, new() { Inputs = [1.0, double.NaN] }, new() { State = -1.0 },
            new() { Hidden = [1.0, 1.0] },
        ];
        foreach (FixedPointRanges ranges in wrong)
        {
            ModelFormatException error =
                Assert.Throws<ModelFormatException>(() => FixedPointKernel.Compile(weights, KernelPrecision.Fixed16, ranges));
            Assert.Contains("fixed_point", error.Message);
        }
    }
}
