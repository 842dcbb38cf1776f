using LiquidControl.Neural.Kernels;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests.Kernels;

/// <summary>Every path, and the batch, gives the same bits, and they are the network's.</summary>
public class KernelPathTests
{
    private const ulong Seed = 4;

    public static TheoryData<string> All => [.. KernelNetworks.All];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_path_gives_the_same_bits(string name)
    {
        NetworkWeights weights = KernelNetworks.Weights(name, Seed);
        foreach (float? constant in (float?[])[null, 0.3f])
        {
            float[] expected = Run(weights, KernelPath.Scalar, constant, out _);
            Assert.Equal(expected, Run(weights, KernelPath.Vector128, constant, out _));
            Assert.Equal(expected, Run(weights, KernelPath.Vector256, constant, out _));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_kernel_computes_the_network(string name)
    {
        NetworkWeights weights = KernelNetworks.Weights(name, Seed);
        float[] outputs = Run(weights, KernelPaths.Best, null, out float[] timespans);
        SampledNetwork<double> network = new(Network<double>.Create(weights));
        RandomStream random = new(Seed);
        double[] input = new double[network.Network.InputSize];
        for (int step = 0; step < timespans.Length; step++)
        {
            for (int i = 0; i < input.Length; i++) input[i] = (float)random.Uniform(-2.0, 2.0);
            random.Uniform(0.0, 1.0);
            Assert.Equal(StepResult.Ok, network.Step(input, timespans[step]));
            for (int k = 0; k < network.Output.Length; k++)
                Assert.Equal(network.Output[k], outputs[step * network.Output.Length + k], Tolerance(name, network.Output[k]));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_batch_gives_each_robot_the_bits_of_its_own_kernel(string name)
    {
        const int Robots = 29;
        NetworkWeights weights = KernelNetworks.Weights(name, Seed);
        foreach (KernelPath path in Enum.GetValues<KernelPath>())
        {
            foreach (float? constant in (float?[])[null, 0.3f])
            {
                KernelOptions options = new() { Path = path, ConstantTimespan = constant };
                var batch = BatchKernel.Compile(weights, options);
                var kernel = NetworkKernel.Compile(weights, options);
                BatchState states = batch.CreateState(Robots);
                KernelState[] own = [.. Enumerable.Range(0, Robots).Select(_ => kernel.CreateState())];
                RandomStream random = new(Seed);
                float[] inputs = new float[Robots * kernel.InputSize], outputs = new float[Robots * kernel.OutputSize];
                float[] output = new float[kernel.OutputSize], state = new float[kernel.StateSize], batchState = new float[kernel.StateSize];
                float[] timespans = new float[Robots];
                for (int step = 0; step < 6; step++)
                {
                    foreach (ref float value in inputs.AsSpan()) value = (float)random.Uniform(-2.0, 2.0);
                    foreach (ref float value in timespans.AsSpan()) value = constant ?? (float)random.Uniform(1e-3, 1.0);
                    // By turns one timespan for all robots, and each its own.
                    bool isShared = step % 2 == 0;
                    Assert.Equal(StepResult.Ok, isShared
                        ? batch.Step(states, inputs, timespans[0], outputs) : batch.Step(states, inputs, timespans, outputs));
                    for (int robot = 0; robot < Robots; robot++)
                    {
                        ReadOnlySpan<float> input = inputs.AsSpan(robot * kernel.InputSize, kernel.InputSize);
                        Assert.Equal(StepResult.Ok, kernel.Step(own[robot], input, timespans[isShared ? 0 : robot], output));
                        Assert.Equal(output, outputs.AsSpan(robot * kernel.OutputSize, kernel.OutputSize).ToArray());
                        own[robot].Read(state);
                        states.Read(robot, batchState);
                        Assert.Equal(state, batchState);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_sequence_gives_the_bits_of_its_steps()
    {
        NetworkWeights weights = KernelNetworks.Weights("no backbone", Seed);
        var kernel = NetworkKernel.Compile(weights);
        RandomStream random = new(Seed);
        float[] inputs = new float[20 * kernel.InputSize], outputs = new float[20 * kernel.OutputSize], output = new float[kernel.OutputSize];
        foreach (ref float value in inputs.AsSpan()) value = (float)random.Uniform(-2.0, 2.0);
        Assert.Equal(StepResult.Ok, kernel.Run(kernel.CreateState(), inputs, 0.7f, outputs, out int steps));
        Assert.Equal(20, steps);
        KernelState state = kernel.CreateState();
        for (int step = 0; step < 20; step++)
        {
            Assert.Equal(StepResult.Ok, kernel.Step(state, inputs.AsSpan(step * kernel.InputSize, kernel.InputSize), 0.7f, output));
            Assert.Equal(output, outputs.AsSpan(step * kernel.OutputSize, kernel.OutputSize).ToArray());
        }

        inputs[7 * kernel.InputSize] = float.NaN;
        Assert.Equal(StepResult.InputNotFinite, kernel.Run(kernel.CreateState(), inputs, 0.7f, outputs, out steps));
        Assert.Equal(7, steps);
    }

    [Fact]
    public void A_constant_timespan_has_bits_of_its_own_and_takes_no_other()
    {
        NetworkWeights weights = KernelNetworks.Weights("24 units", Seed);
        float[] constant = Run(weights, KernelPaths.Best, 0.3f, out _), any = Run(weights, KernelPaths.Best, null, out _, 0.3f);
        Assert.NotEqual(any, constant);
        for (int i = 0; i < any.Length; i++) Assert.Equal(any[i], constant[i], 1e-5);
        var kernel = NetworkKernel.Compile(weights, new KernelOptions { ConstantTimespan = 0.3f });
        Assert.Equal(StepResult.TimespanNotConstant,
            kernel.Step(kernel.CreateState(), new float[kernel.InputSize], 0.31f, new float[kernel.OutputSize]));
    }

    /// <summary>Outputs of 50 steps, [step][output].</summary>
    private static float[] Run(NetworkWeights weights, KernelPath path, float? constant, out float[] timespans, float? fixedTimespan = null)
    {
        var kernel = NetworkKernel.Compile(weights, new KernelOptions { Path = path, ConstantTimespan = constant });
        KernelState state = kernel.CreateState();
        RandomStream random = new(Seed);
        float[] input = new float[kernel.InputSize];
        float[] outputs = new float[50 * kernel.OutputSize];
        timespans = new float[50];
        for (int step = 0; step < timespans.Length; step++)
        {
            foreach (ref float value in input.AsSpan()) value = (float)random.Uniform(-2.0, 2.0);
            float drawn = (float)random.Uniform(0.0, 1.0);
            timespans[step] = constant ?? fixedTimespan ?? float.Max(drawn, 1e-3f);
            Assert.Equal(StepResult.Ok,
                kernel.Step(state, input, timespans[step], outputs.AsSpan(step * kernel.OutputSize, kernel.OutputSize)));
        }

        return outputs;
    }

    /// <summary>States without a bound carry their rounding on, relative to their size.</summary>
    private static double Tolerance(string name, double value) => name == "a thousand units" ? 1e-4 : 2e-5 * Math.Max(1.0, Math.Abs(value));
}
