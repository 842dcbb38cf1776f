using LiquidControl.Neural.Kernels;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests.Kernels;

public class KernelStepTests
{
    private const ulong Seed = 9;

    public static TheoryData<string, KernelPath> KindsOnEveryPath
    {
        get
        {
            TheoryData<string, KernelPath> data = [];
            foreach (string name in (string[])["no backbone", "three layers", "gelu", "pure", "ncp projection", "mixed ncp", "ltc", "ltc mixed state"])
            {
                foreach (KernelPath path in Enum.GetValues<KernelPath>()) data.Add(name, path);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(KindsOnEveryPath))]
    public void What_is_not_finite_is_refused_and_changes_nothing(string name, KernelPath path)
    {
        var kernel = NetworkKernel.Compile(KernelNetworks.Weights(name, Seed), new KernelOptions { Path = path });
        KernelState state = kernel.CreateState();
        float[] input = new float[kernel.InputSize], output = new float[kernel.OutputSize];
        Array.Fill(input, 0.4f);
        Assert.Equal(StepResult.Ok, kernel.Step(state, input, 0.5f, output));
        float[] states = Read(kernel, state), outputs = [.. output];
        foreach (float wrong in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            for (int i = 0; i < input.Length; i++)
            {
                input[i] = wrong;
                Assert.Equal(StepResult.InputNotFinite, kernel.Step(state, input, 0.5f, output));
                input[i] = 0.4f;
            }

            Assert.Equal(StepResult.StateNotFinite, state.Write([.. Enumerable.Repeat(wrong, kernel.StateSize)]));
        }

        Assert.Equal(StepResult.TimespanNotFinite, kernel.Step(state, input, float.NaN, output));
        Assert.Equal(StepResult.TimespanNotFinite, kernel.Step(state, input, float.PositiveInfinity, output));
        Assert.Equal(StepResult.TimespanNegative, kernel.Step(state, input, -1e-9f, output));
        Assert.Equal(StepResult.InputLengthWrong, kernel.Step(state, input.AsSpan(1), 0.5f, output));
        Assert.Equal(StepResult.OutputLengthWrong, kernel.Step(state, input, 0.5f, output.AsSpan(1)));
        Assert.Equal(StepResult.StateOfOtherKernel, kernel.Step(NetworkKernel.Compile(KernelNetworks.Weights(name, Seed)).CreateState(), input, 0.5f, output));
        Assert.Equal(states, Read(kernel, state));
        Assert.Equal(outputs, output);
    }

    /// <summary>A head's sum may overflow: it then stands at its activation's end. An output may not.</summary>
    [Theory]
    [InlineData(KernelPath.Scalar)]
    [InlineData(KernelPath.Vector128)]
    [InlineData(KernelPath.Vector256)]
    public void Outputs_that_overflow_are_refused(KernelPath path)
    {
        foreach (string name in (string[])["no backbone", "three layers", "relu", "pure"])
        {
            NetworkWeights weights = KernelNetworks.Weights(name, Seed);
            var kernel = NetworkKernel.Compile(weights, new KernelOptions { Path = path });
            float[] input = new float[kernel.InputSize], output = new float[kernel.OutputSize];
            foreach (TensorSpec tensor in weights.Tensors.Where(tensor => !tensor.IsMask && tensor.Shape[^1] > 1))
            {
                Span<double> weight = weights[tensor.Key];
                for (int i = 0; i < weight.Length; i++) weight[i] = i % 2 == 0 ? 3e38 : -3e38;
            }

            kernel = NetworkKernel.Compile(weights, new KernelOptions { Path = path });
            KernelState state = kernel.CreateState();
            for (int i = 0; i < input.Length; i++) input[i] = 1e30f;
            Assert.Equal(StepResult.ResultNotFinite, kernel.Step(state, input, 0.5f, output));
            Assert.All(Read(kernel, state), value => Assert.Equal(0f, value));
            Assert.All(output, value => Assert.Equal(0f, value));
        }
    }

    /// <summary>Whether a result is looked at depends on what was proved of the weights, and on the input and the state.</summary>
    [Theory]
    [MemberData(nameof(KindsOnEveryPath))]
    public void Whatever_the_magnitudes_a_step_is_finite_or_refused(string name, KernelPath path)
    {
        RandomStream random = new(Seed);
        foreach (double weightScale in (double[])[1.0, 1e15, 1e36])
        {
            NetworkWeights weights = KernelNetworks.Weights(name, Seed);
            foreach (TensorSpec tensor in weights.Tensors.Where(tensor => !tensor.IsMask && tensor.Shape[^1] > 1))
            {
                foreach (ref double weight in weights[tensor.Key]) weight *= weightScale;
            }

            var kernel = NetworkKernel.Compile(weights, new KernelOptions { Path = path });
            float[] input = new float[kernel.InputSize], output = new float[kernel.OutputSize], written = new float[kernel.StateSize];
            foreach (float stateScale in (float[])[1f, 1e6f, 3e38f])
            {
                foreach (float inputScale in (float[])[1f, 1e6f, 2e6f, 1e25f, 3e38f])
                {
                    KernelState state = kernel.CreateState();
                    foreach (ref float value in written.AsSpan()) value = stateScale * (float)random.Uniform(-1.0, 1.0);
                    Assert.Equal(StepResult.Ok, state.Write(written));
                    for (int step = 0; step < 4; step++)
                    {
                        foreach (ref float value in input.AsSpan()) value = inputScale * (float)random.Uniform(-1.0, 1.0);
                        float[] before = Read(kernel, state);
                        if (kernel.Step(state, input, 0.5f, output) == StepResult.Ok) Assert.All(output, value => Assert.True(float.IsFinite(value)));
                        else Assert.Equal(before, Read(kernel, state));
                        Assert.All(Read(kernel, state), value => Assert.True(float.IsFinite(value)));
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(KindsOnEveryPath))]
    public void Steps_allocate_nothing(string name, KernelPath path)
    {
        var kernel = NetworkKernel.Compile(KernelNetworks.Weights(name, Seed), new KernelOptions { Path = path });
        KernelState state = kernel.CreateState();
        float[] input = new float[kernel.InputSize], output = new float[kernel.OutputSize], stateAt = new float[kernel.StateSize];
        long before = 0;
        for (int step = 0; step < 2_000; step++)
        {
            if (step == 1_000) before = GC.GetAllocatedBytesForCurrentThread();
            kernel.Step(state, input, 0.5f, output);
            kernel.StateAt(state, input, 0.7f, stateAt, output);
            kernel.Run(state, input, 0.5f, output, out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [MemberData(nameof(KindsOnEveryPath))]
    public void A_state_that_is_read_and_written_goes_on_as_it_was(string name, KernelPath path)
    {
        var kernel = NetworkKernel.Compile(KernelNetworks.Weights(name, Seed), new KernelOptions { Path = path });
        KernelState first = kernel.CreateState(), second = kernel.CreateState();
        RandomStream random = new(Seed);
        float[] input = new float[kernel.InputSize], output = new float[kernel.OutputSize], other = new float[kernel.OutputSize];
        float[] stateAt = new float[kernel.StateSize];
        for (int step = 0; step < 20; step++)
        {
            Assert.Equal(StepResult.Ok, second.Write(Read(kernel, first)));
            foreach (ref float value in input.AsSpan()) value = (float)random.Uniform(-1.0, 1.0);
            Assert.Equal(StepResult.Ok, kernel.StateAt(first, input, 0.25f, stateAt, other));
            Assert.Equal(StepResult.Ok, kernel.Step(first, input, 0.25f, output));
            Assert.Equal(output, other);
            Assert.Equal(stateAt, Read(kernel, first));
            Assert.Equal(StepResult.Ok, kernel.Step(second, input, 0.25f, other));
            Assert.Equal(output, other);
            Assert.Equal(Read(kernel, first), Read(kernel, second));
        }

        first.Reset();
        Assert.All(Read(kernel, first), value => Assert.Equal(0f, value));
    }

    [Fact]
    public void An_ltc_refuses_a_timespan_of_zero_and_a_cfc_takes_it()
    {
        var ltc = NetworkKernel.Compile(KernelNetworks.Weights("ltc", Seed));
        Assert.Equal(StepResult.TimespanZero, ltc.Step(ltc.CreateState(), new float[ltc.InputSize], 0f, new float[ltc.OutputSize]));
        var cfc = NetworkKernel.Compile(KernelNetworks.Weights("no backbone", Seed));
        Assert.Equal(StepResult.Ok, cfc.Step(cfc.CreateState(), new float[cfc.InputSize], 0f, new float[cfc.OutputSize]));
    }

    [Fact]
    public void A_weight_beyond_a_floats_range_is_refused_with_its_tensor()
    {
        NetworkWeights weights = KernelNetworks.Weights("no backbone", Seed);
        weights[CfcKeys.TimeA + CfcKeys.Weight][3] = 1e39;
        Assert.Contains(CfcKeys.TimeA, Assert.Throws<ModelFormatException>(() => NetworkKernel.Compile(weights)).Place);
        Assert.Contains(CfcKeys.TimeA, Assert.Throws<ModelFormatException>(() => BatchKernel.Compile(weights)).Place);
    }

    private static float[] Read(NetworkKernel kernel, KernelState state)
    {
        float[] values = new float[kernel.StateSize];
        state.Read(values);
        return values;
    }
}
