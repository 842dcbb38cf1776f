using System.Numerics;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests;

public class CfcStepTests
{
    private const double NaN = double.NaN;
    private const double Inf = double.PositiveInfinity;

    [Theory]
    [InlineData(NaN, 0, 0, StepResult.TimespanNotFinite)]
    [InlineData(Inf, 0, 0, StepResult.TimespanNotFinite)]
    [InlineData(-Inf, 0, 0, StepResult.TimespanNotFinite)]
    [InlineData(-1e-300, 0, 0, StepResult.TimespanNegative)]
    [InlineData(1, NaN, 0, StepResult.InputNotFinite)]
    [InlineData(1, -Inf, 0, StepResult.InputNotFinite)]
    [InlineData(1, 0, NaN, StepResult.StateNotFinite)]
    [InlineData(1, 0, Inf, StepResult.StateNotFinite)]
    [InlineData(0, 0, 0, StepResult.Ok)]
    [InlineData(1e300, 0, 0, StepResult.Ok)]
    public void Bad_numbers_are_named_and_change_nothing(double timespan, double input, double state, StepResult expected)
    {
        foreach (CfcMode mode in Enum.GetValues<CfcMode>())
        {
            Network<double> network = Network<double>.Create(ModelFileTests.Sample(mode, Activation.Tanh, 1, 2, false, TensorType.F32).Weights);
            double[] states = [0.1, 0.2, 0.3, 0.4, state];
            double[] statesBefore = [.. states];
            double[] outputs = [7, 8];
            double[] scratch = new double[network.ScratchLength];
            Assert.Equal(expected, network.Step([0.5, input, -0.5], timespan, states, outputs, scratch));
            if (expected == StepResult.Ok)
            {
                Assert.NotEqual(statesBefore, states);
            }
            else
            {
                Assert.Equal(statesBefore, states);
                Assert.Equal([7, 8], outputs);
            }
        }
    }

    [Fact]
    public void Wrong_lengths_are_named()
    {
        Network<float> network = Network<float>.Create(ModelFileTests.Sample(CfcMode.Pure, Activation.Relu, 2, 2, false, TensorType.F32).Weights);
        float[] scratch = new float[network.ScratchLength];
        Assert.Equal(StepResult.InputLengthWrong, network.Step(new float[4], 1, new float[5], new float[2], scratch));
        Assert.Equal(StepResult.StateLengthWrong, network.Step(new float[3], 1, new float[4], new float[2], scratch));
        Assert.Equal(StepResult.OutputLengthWrong, network.Step(new float[3], 1, new float[5], new float[5], scratch));
        Assert.Equal(StepResult.ScratchTooShort, network.Step(new float[3], 1, new float[5], new float[2], scratch.AsSpan(1)));
        Assert.Equal(StepResult.Ok, network.Step(new float[3], 1, new float[5], new float[2], scratch));
    }

    [Fact]
    public void An_overflow_on_the_way_is_named_and_changes_nothing()
    {
        NetworkWeights weights = ModelFileTests.Sample(CfcMode.Pure, Activation.Relu, 0, null, false, TensorType.F32).Weights;
        Network<double> network = Network<double>.Create(weights);
        double[] state = [1, 2, 3, 4, 5];
        double[] output = new double[5];
        Assert.Equal(StepResult.ResultNotFinite,
            network.Step([double.MaxValue, double.MaxValue, double.MaxValue], 0, state, output, new double[network.ScratchLength]));
        Assert.Equal([1, 2, 3, 4, 5], state);
        Assert.Equal(new double[5], output);
    }

    [Fact]
    public void The_pure_cell_forgets_its_head_as_time_passes()
    {
        // A - A exp(-dt (|w_tau| + |u|)) u: u at dt = 0 gives A (1 - u), dt → ∞ gives A.
        NetworkWeights weights = ModelFileTests.Sample(CfcMode.Pure, Activation.Tanh, 0, null, false, TensorType.F32).Weights;
        weights[CfcKeys.Head1 + CfcKeys.Weight].Clear();
        Network<double> network = Network<double>.Create(weights);
        double[] scratch = new double[network.ScratchLength];
        double[] output = new double[5];
        network.Step([1, 2, 3], 0, new double[5], output, scratch);
        for (int i = 0; i < 5; i++)
        {
            double u = weights[CfcKeys.Head1 + CfcKeys.Bias][i];
            double amplitude = weights[CfcKeys.Amplitude][i];
            Assert.Equal(amplitude * (1 - u), output[i], 1e-15);
        }

        network.Step([1, 2, 3], 1e9, new double[5], output, scratch);
        Assert.Equal(weights[CfcKeys.Amplitude].ToArray(), output);
    }

    /// <summary>Constants measured once on x64: any machine, runtime or compiler with other bits fails here.</summary>
    [Fact]
    public void Steps_have_the_recorded_bits()
    {
        StateHash inDouble = default;
        StateHash inFloat = default;
        foreach (CfcMode mode in Enum.GetValues<CfcMode>())
        {
            foreach (Activation activation in Enum.GetValues<Activation>())
            {
                NetworkWeights weights = ModelFileTests.Sample(mode, activation, 2, 2, false, TensorType.F32).Weights;
                inDouble.Add(RunInDouble(Network<double>.Create(weights)));
                inFloat.Add(RunInFloat(Network<float>.Create(weights)));
            }
        }

        Assert.Equal(3142541609232675508UL, inDouble.Value);
        Assert.Equal(16080801212268197249UL, inFloat.Value);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        foreach (CfcMode mode in Enum.GetValues<CfcMode>())
        {
            foreach (Activation activation in Enum.GetValues<Activation>())
            {
                NetworkWeights weights = ModelFileTests.Sample(mode, activation, 2, 2, false, TensorType.F32).Weights;
                Assert.Equal(0, AllocatedBytes(Network<double>.Create(weights)));
                Assert.Equal(0, AllocatedBytes(Network<float>.Create(weights)));
            }
        }
    }

    private static long AllocatedBytes<T>(Network<T> network) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        T[] input = new T[network.InputSize], state = new T[network.StateSize];
        T[] output = new T[network.OutputSize], scratch = new T[network.ScratchLength];
        long before = 0;
        for (int i = 0; i < 100; i++)
        {
            if (i == 50)
                before = GC.GetAllocatedBytesForCurrentThread();
            network.Step(input, T.One, state, output, scratch);
            network.Step(input, T.NaN, state, output, scratch);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double[] RunInDouble(Network<double> network)
    {
        RandomStream random = new(3);
        double[] state = new double[network.StateSize];
        double[] output = new double[network.OutputSize];
        double[] scratch = new double[network.ScratchLength];
        for (int step = 0; step < 100; step++)
        {
            double[] input = [random.Normal(), random.Normal(), random.Normal()];
            Assert.Equal(StepResult.Ok, network.Step(input, 2 * random.NextDouble(), state, output, scratch));
        }

        return [.. state, .. output];
    }

    private static float[] RunInFloat(Network<float> network)
    {
        RandomStream random = new(3);
        float[] state = new float[network.StateSize];
        float[] output = new float[network.OutputSize];
        float[] scratch = new float[network.ScratchLength];
        for (int step = 0; step < 100; step++)
        {
            float[] input = [(float)random.Normal(), (float)random.Normal(), (float)random.Normal()];
            Assert.Equal(StepResult.Ok, network.Step(input, (float)(2 * random.NextDouble()), state, output, scratch));
        }

        return [.. state, .. output];
    }
}
