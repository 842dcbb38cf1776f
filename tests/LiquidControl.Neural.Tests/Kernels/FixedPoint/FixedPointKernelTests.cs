using LiquidControl.Neural.Explanation;
using LiquidControl.Neural.Kernels;
using Xunit;

namespace LiquidControl.Neural.Tests.Kernels;

public class FixedPointKernelTests
{
    private const float NaN = float.NaN;
    private const float Inf = float.PositiveInfinity;

    private static readonly CfcArchitecture Small = new() { InputSize = 3, Units = 5, BackboneUnits = 7, ProjectionSize = 2 };

    [Theory]
    [InlineData(NaN, 0f, StepResult.TimespanNotFinite)]
    [InlineData(Inf, 0f, StepResult.TimespanNotFinite)]
    [InlineData(-1f, 0f, StepResult.TimespanNegative)]
    [InlineData(1f, NaN, StepResult.InputNotFinite)]
    [InlineData(1f, -Inf, StepResult.InputNotFinite)]
    public void Bad_numbers_are_named_and_change_nothing(float timespan, float input, StepResult expected)
    {
        foreach (KernelPrecision precision in FixedPointNetworks.Precisions)
        {
            FixedPointKernel kernel = FixedPointKernel.Compile(FixedPointNetworks.Draw(Small, 1), precision);
            KernelState state = kernel.CreateState();
            Assert.Equal(StepResult.Ok, kernel.Step(state, [1, -1, 0.5f], 0.5f, new float[2]));
            float[] before = Read(kernel, state);
            float[] output = [7, 8];
            Assert.Equal(expected, kernel.Step(state, [0.5f, input, 0.5f], timespan, output));
            Assert.Equal(before, Read(kernel, state));
            Assert.Equal([7, 8], output);
        }
    }

    [Fact]
    public void Wrong_lengths_and_states_are_named()
    {
        NetworkWeights weights = FixedPointNetworks.Draw(Small, 1);
        FixedPointKernel kernel = FixedPointKernel.Compile(weights, KernelPrecision.Fixed16);
        KernelState state = kernel.CreateState();
        Assert.Equal(StepResult.InputLengthWrong, kernel.Step(state, new float[2], 1, new float[2]));
        Assert.Equal(StepResult.OutputLengthWrong, kernel.Step(state, new float[3], 1, new float[3]));
        Assert.Equal(StepResult.StateLengthWrong, state.Write(new float[4]));
        Assert.Equal(StepResult.StateNotFinite, state.Write([0, 0, NaN, 0, 0]));
        KernelState other = FixedPointKernel.Compile(weights, KernelPrecision.Fixed32).CreateState();
        Assert.Equal(StepResult.StateOfOtherKernel, kernel.Step(other, new float[3], 1, new float[2]));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        foreach (NetworkArchitecture architecture in FixedPointNetworks.Kinds.Where(kind => kind.NeuronCount < 100))
        {
            foreach (KernelPrecision precision in FixedPointNetworks.Precisions)
            {
                FixedPointKernel kernel = FixedPointKernel.Compile(FixedPointNetworks.Draw(architecture, 1), precision);
                KernelState state = kernel.CreateState();
                float[] input = new float[kernel.InputSize], output = new float[kernel.OutputSize], states = new float[kernel.StateSize];
                long before = 0;
                for (int step = 0; step < 200; step++)
                {
                    if (step == 100) before = GC.GetAllocatedBytesForCurrentThread();
                    kernel.Step(state, input, 0.5f, output);
                    kernel.Step(state, input, NaN, output);
                    kernel.StateAt(state, input, 0.5f, states, output);
                }

                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        }
    }

    [Fact]
    public void A_state_between_samples_is_the_step_of_that_length_and_changes_nothing()
    {
        foreach (NetworkArchitecture architecture in FixedPointNetworks.Kinds.Where(kind => kind.NeuronCount < 100))
        {
            FixedPointKernel kernel = FixedPointKernel.Compile(FixedPointNetworks.Draw(architecture, 1), KernelPrecision.Fixed16);
            KernelState state = kernel.CreateState();
            float[] input = [.. Enumerable.Range(0, kernel.InputSize).Select(i => 0.1f * i)];
            float[] output = new float[kernel.OutputSize], outputAt = new float[kernel.OutputSize], stateAt = new float[kernel.StateSize];
            kernel.Step(state, input, 1, output);
            float[] before = Read(kernel, state);
            Assert.Equal(StepResult.Ok, kernel.StateAt(state, input, 0.3f, stateAt, outputAt));
            Assert.Equal(before, Read(kernel, state));
            kernel.Step(state, input, 0.3f, output);
            Assert.Equal(Read(kernel, state), stateAt);
            Assert.Equal(output, outputAt);
        }
    }

    [Fact]
    public void A_state_is_written_to_the_nearest_and_reset_to_zero()
    {
        foreach (NetworkArchitecture architecture in FixedPointNetworks.Kinds.Where(kind => kind.NeuronCount < 100))
        {
            FixedPointKernel kernel = FixedPointKernel.Compile(FixedPointNetworks.Draw(architecture, 1), KernelPrecision.Fixed16);
            KernelState state = kernel.CreateState();
            float[] written = [.. Enumerable.Range(0, kernel.StateSize).Select(i => 0.9f - 0.037f * i)];
            Assert.Equal(StepResult.Ok, state.Write(written));
            float[] read = Read(kernel, state);
            for (int i = 0; i < read.Length; i++) Assert.Equal(written[i], read[i], 2.5e-4f);

            float[] first = new float[kernel.OutputSize], again = new float[kernel.OutputSize];
            state.Reset();
            Assert.Equal(new float[kernel.StateSize], Read(kernel, state));
            kernel.Step(state, new float[kernel.InputSize], 1, first);
            kernel.Step(kernel.CreateState(), new float[kernel.InputSize], 1, again);
            Assert.Equal(first, again);
        }
    }

    [Fact]
    public void One_kernel_serves_many_states()
    {
        FixedPointKernel kernel = FixedPointKernel.Compile(FixedPointNetworks.Draw(Small, 1), KernelPrecision.Fixed16);
        KernelState first = kernel.CreateState(), second = kernel.CreateState();
        float[] output = new float[2];
        kernel.Step(first, [1, 1, 1], 1, output);
        float[] before = Read(kernel, first);
        kernel.Step(second, [-3, 2, 0], 1, output);
        Assert.Equal(before, Read(kernel, first));
        Assert.NotEqual(before, Read(kernel, second));
    }

    [Fact]
    public void Other_precisions_and_timespans_are_refused()
    {
        NetworkWeights weights = FixedPointNetworks.Draw(Small, 1);
        Assert.Throws<ArgumentException>(() => FixedPointKernel.Compile(weights, KernelPrecision.Binary32));
        KernelOptions options = new() { ConstantTimespan = 0.5f };
        FixedPointKernel kernel = FixedPointKernel.Compile(weights, KernelPrecision.Fixed16, null, options);
        KernelState state = kernel.CreateState();
        Assert.Equal(StepResult.TimespanNotConstant, kernel.Step(state, new float[3], 1, new float[2]));
        Assert.Equal(StepResult.Ok, kernel.Step(state, new float[3], 0.5f, new float[2]));
    }

    [Fact]
    public void The_report_names_every_layer_and_what_its_accumulator_has_left()
    {
        foreach (KernelPrecision precision in FixedPointNetworks.Precisions)
        {
            FixedPointReport report = FixedPointKernel.Compile(FixedPointNetworks.Draw(Small, 1), precision).Report;
            Assert.Equal(["rnn_cell.backbone.0.weight", "rnn_cell.ff1.weight", "fc.weight"], report.Layers.Select(layer => layer.Tensor));
            Assert.Equal([7, 20, 2], report.Layers.Select(layer => layer.Rows));
            Assert.All(report.Layers, layer => Assert.InRange(layer.Headroom, 0.01, 3.0));
            Assert.All(report.Layers, layer => Assert.InRange(layer.LargestSum, 0.1, 30.0));
        }
    }

    [Fact]
    public void Calibrated_ranges_hold_what_was_seen_with_their_margins()
    {
        CfcArchitecture architecture = Small with { Activation = Activation.Relu, Mode = CfcMode.Pure };
        NetworkWeights weights = FixedPointNetworks.Draw(architecture, 1);
        Recording recording = FixedPointNetworks.Record(architecture, 40, 2);
        FixedPointRanges ranges = FixedPointRangeSearch.Of(weights, [recording]);
        Assert.Equal(4.0 * recording.Inputs.Max(input => Math.Abs(input[1])), ranges.Inputs[1], 1e-12);
        double state = recording.Run(Network<double>.Create(weights)).Max(states => states.Max(Math.Abs));
        Assert.Equal(1.25 * state, ranges.State, 1e-12);
        Assert.InRange(Assert.Single(ranges.Hidden), 0.1, 5.0);
    }

    private static float[] Read(NetworkKernel kernel, KernelState state)
    {
        float[] states = new float[kernel.StateSize];
        state.Read(states);
        return states;
    }
}
