using LiquidControl.Neural.Kernels;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests.Kernels;

/// <summary>What a batch refuses and what it leaves alone; its bits are in <see cref="KernelPathTests"/>.</summary>
public class BatchStepTests
{
    private const ulong Seed = 9;

    private const int Robots = 30;

    public static TheoryData<string> Kinds =>
    [
        "no backbone", "three layers", "pure", "ncp", "ncp projection", "mixed state", "mixed input", "mixed ncp", "ltc", "ltc mixed state",
        "ltc mixed input",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_batch_refuses_what_a_step_refuses_and_changes_nothing(string name)
    {
        var batch = BatchKernel.Compile(KernelNetworks.Weights(name, Seed));
        BatchState state = batch.CreateState(Robots);
        float[] inputs = new float[Robots * batch.InputSize], outputs = new float[Robots * batch.OutputSize], timespans = new float[Robots];
        Array.Fill(inputs, 0.4f);
        Array.Fill(timespans, 0.5f);
        Assert.Equal(StepResult.Ok, batch.Step(state, inputs, timespans, outputs));
        float[] before = Read(state, batch), outputsBefore = [.. outputs];
        foreach (float wrong in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            foreach (int i in (int[])[0, inputs.Length / 2, inputs.Length - 1])
            {
                inputs[i] = wrong;
                Assert.Equal(StepResult.InputNotFinite, batch.Step(state, inputs, 0.5f, outputs));
                Assert.Equal(StepResult.InputNotFinite, batch.Step(state, inputs, timespans, outputs));
                inputs[i] = 0.4f;
            }

            Assert.Equal(StepResult.StateNotFinite, state.Write(Robots - 1, [.. Enumerable.Repeat(wrong, batch.StateSize)]));
        }

        foreach ((float wrong, StepResult expected) in ((float, StepResult)[])[
            (float.NaN, StepResult.TimespanNotFinite), (float.PositiveInfinity, StepResult.TimespanNotFinite), (-1f, StepResult.TimespanNegative)])
        {
            Assert.Equal(expected, batch.Step(state, inputs, wrong, outputs));
            timespans[^1] = wrong;
            Assert.Equal(expected, batch.Step(state, inputs, timespans, outputs));
            timespans[^1] = 0.5f;
        }

        Assert.Equal(StepResult.TimespanLengthWrong, batch.Step(state, inputs, timespans.AsSpan(1), outputs));
        Assert.Equal(StepResult.InputLengthWrong, batch.Step(state, inputs.AsSpan(1), 0.5f, outputs));
        Assert.Equal(StepResult.OutputLengthWrong, batch.Step(state, inputs, timespans, outputs.AsSpan(1)));
        Assert.Equal(StepResult.StateLengthWrong, state.Write(0, new float[batch.StateSize + 1]));
        BatchState other = BatchKernel.Compile(KernelNetworks.Weights(name, Seed)).CreateState(Robots);
        Assert.Equal(StepResult.StateOfOtherKernel, batch.Step(other, inputs, timespans, outputs));
        Assert.Equal(before, Read(state, batch));
        Assert.Equal(outputsBefore, outputs);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Steps_of_a_batch_allocate_nothing(string name)
    {
        foreach (KernelPath path in Enum.GetValues<KernelPath>())
        {
            var batch = BatchKernel.Compile(KernelNetworks.Weights(name, Seed), new KernelOptions { Path = path });
            BatchState state = batch.CreateState(Robots);
            float[] inputs = new float[Robots * batch.InputSize], outputs = new float[Robots * batch.OutputSize];
            float[] timespans = new float[Robots];
            Array.Fill(timespans, 0.5f);
            long before = 0;
            for (int step = 0; step < 100; step++)
            {
                if (step == 50) before = GC.GetAllocatedBytesForCurrentThread();
                batch.Step(state, inputs, 0.5f, outputs);
                batch.Step(state, inputs, timespans, outputs);
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_robots_state_that_is_read_and_written_elsewhere_goes_on_as_it_was(string name)
    {
        var batch = BatchKernel.Compile(KernelNetworks.Weights(name, Seed));
        BatchState state = batch.CreateState(Robots);
        RandomStream random = new(Seed);
        float[] inputs = new float[Robots * batch.InputSize], outputs = new float[Robots * batch.OutputSize];
        float[] first = new float[batch.StateSize], last = new float[batch.StateSize];
        for (int step = 0; step < 4; step++)
        {
            foreach (ref float value in inputs.AsSpan()) value = (float)random.Uniform(-1.0, 1.0);
            Assert.Equal(StepResult.Ok, batch.Step(state, inputs, 0.5f, outputs));
        }

        state.Read(0, first);
        Assert.Equal(StepResult.Ok, state.Write(Robots - 1, first));
        inputs.AsSpan(0, batch.InputSize).CopyTo(inputs.AsSpan((Robots - 1) * batch.InputSize));
        Assert.Equal(StepResult.Ok, batch.Step(state, inputs, 0.5f, outputs));
        state.Read(0, first);
        state.Read(Robots - 1, last);
        Assert.Equal(first, last);
        Assert.Equal(outputs[..batch.OutputSize], outputs[^batch.OutputSize..]);
        state.Reset();
        state.Read(Robots - 1, last);
        Assert.All(last, value => Assert.Equal(0f, value));
    }

    [Fact]
    public void A_batch_refuses_a_timespan_of_zero_and_one_it_was_not_compiled_for_of_any_robot()
    {
        var ltc = BatchKernel.Compile(KernelNetworks.Weights("ltc", Seed));
        float[] timespans = [0.5f, 0f];
        Assert.Equal(StepResult.TimespanZero, Step(ltc, timespans));
        NetworkWeights cfc = KernelNetworks.Weights("no backbone", Seed);
        Assert.Equal(StepResult.Ok, Step(BatchKernel.Compile(cfc), timespans));
        var constant = BatchKernel.Compile(cfc, new KernelOptions { ConstantTimespan = 0.5f });
        Assert.Equal(StepResult.TimespanNotConstant, Step(constant, timespans));
        Assert.Equal(StepResult.Ok, Step(constant, [0.5f, 0.5f]));

        static StepResult Step(BatchKernel kernel, float[] timespans) =>
            kernel.Step(kernel.CreateState(2), new float[2 * kernel.InputSize], timespans, new float[2 * kernel.OutputSize]);
    }

    /// <summary>A state without a bound grows in the lanes without a robot too, where nobody can reset it.</summary>
    [Theory]
    [InlineData(KernelPath.Scalar)]
    [InlineData(KernelPath.Vector128)]
    [InlineData(KernelPath.Vector256)]
    public void Only_robots_overflow(KernelPath path)
    {
        NetworkWeights weights = new(new CfcArchitecture
        {
            InputSize = 1,
            Units = 2,
            BackboneLayers = 0,
            HeadActivation = HeadActivation.Identity,
            Mode = CfcMode.NoGate,
        });
        // h' = 10 h + 1
        weights.Parameters.AsSpan().Clear();
        weights[CfcKeys.Head1 + CfcKeys.Bias].Fill(1.0);
        Span<double> head = weights[CfcKeys.Head1 + CfcKeys.Weight];
        head[1] = head[5] = 10.0;
        var batch = BatchKernel.Compile(weights, new KernelOptions { Path = path });
        BatchState state = batch.CreateState(1);
        float[] output = new float[batch.OutputSize];
        for (int step = 0; step < 200; step++)
        {
            Assert.Equal(StepResult.Ok, state.Write(0, [0f, 0f]));
            Assert.Equal(StepResult.Ok, batch.Step(state, [0f], 0.5f, output));
            Assert.Equal([1f, 1f], output);
        }

        StepResult result = StepResult.Ok;
        for (int step = 0; step < 200 && result == StepResult.Ok; step++) result = batch.Step(state, [0f], 0.5f, output);
        Assert.Equal(StepResult.ResultNotFinite, result);
    }

    private static float[] Read(BatchState state, BatchKernel kernel)
    {
        float[] values = new float[Robots * kernel.StateSize];
        for (int robot = 0; robot < Robots; robot++) state.Read(robot, values.AsSpan(robot * kernel.StateSize, kernel.StateSize));
        return values;
    }
}
