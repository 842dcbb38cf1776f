using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests;

/// <summary>
/// What other ports of the reference library compute differently, against formulas written out here a second time: ncps 1.0.1 for
/// TensorFlow (tf/cfc_cell.py, tf/mm_rnn.py) and the paper's code (raminmh/CfC, tf_cfc.py and torch_cfc.py).
/// </summary>
public class NetworkVariantTests
{
    private const int Inputs = 3;
    private const int Units = 4;

    [Theory]
    [InlineData(HeadActivation.Tanh)]
    [InlineData(HeadActivation.Identity)]
    [InlineData(HeadActivation.LecunTanh)]
    public void Heads_go_through_their_activation(HeadActivation activation)
    {
        foreach (CfcMode mode in (CfcMode[])[CfcMode.Default, CfcMode.NoGate])
        {
            NetworkWeights weights = Random(new CfcArchitecture
            {
                InputSize = Inputs,
                Units = Units,
                Mode = mode,
                BackboneLayers = 0,
                HeadActivation = activation,
            });
            double[] input = [0.3, -0.7, 1.1], state = [0.2, -0.4, 0.6, -0.8];
            double[] expected = Cell(weights, activation, mode, [.. input, .. state], 0.4);
            Assert.Equal(expected, Step(weights, input, 0.4, state), (a, b) => Math.Abs(a - b) < 1e-14);
        }
    }

    [Theory]
    [InlineData(MemoryCoupling.State, 1.0)]
    [InlineData(MemoryCoupling.Input, 1.0)]
    [InlineData(MemoryCoupling.Input, 0.6)]
    public void The_memory_feeds_state_or_input(MemoryCoupling memory, double forgetBias)
    {
        NetworkWeights weights = Random(new CfcArchitecture
        {
            InputSize = Inputs,
            Units = Units,
            BackboneLayers = 0,
            Memory = memory,
            ForgetGateBias = forgetBias,
        });
        double[] input = [0.3, -0.7, 1.1], hidden = [0.2, -0.4, 0.6, -0.8], cell = [1.5, -0.5, 0.1, -2.0];
        double[] gates = Sum(Linear(weights, LstmKeys.InputMap, input), Product(weights[LstmKeys.RecurrentMap + ".weight"], hidden));
        double[] newCell = new double[Units], remembered = new double[Units];
        for (int i = 0; i < Units; i++)
        {
            newCell[i] = cell[i] * Sigmoid(gates[8 + i] + forgetBias) + Math.Tanh(gates[i]) * Sigmoid(gates[4 + i]);
            remembered[i] = Math.Tanh(newCell[i]) * Sigmoid(gates[12 + i]);
        }

        double[] z = memory == MemoryCoupling.State ? [.. input, .. remembered] : [.. remembered, .. hidden];
        double[] expected = [.. Cell(weights, HeadActivation.Tanh, CfcMode.Default, z, 0.4), .. newCell];
        Assert.Equal(expected, Step(weights, input, 0.4, [.. hidden, .. cell]), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void A_port_that_adds_to_the_timespan_steps_as_one_that_was_given_more()
    {
        LtcArchitecture plain = (LtcArchitecture)ReferenceVectors.Load(Golden.Json("ltc_fullyconnected_8u")).Weights.Architecture;
        NetworkWeights weights = Random(plain), offset = Random(plain with { TimespanOffset = 1.0 });
        double[] input = [0.3, -0.7, 1.1, 0.1, 0.2], state = [0.2, -0.4, 0.6, -0.8, 0, 0, 0, 0];
        Assert.Equal(Step(weights, input, 1.25, state), Step(offset, input, 0.25, state));
        Assert.Equal(Step(weights, input, 1.0, state), Step(offset, input, 0.0, state));
    }

    [Fact]
    public void An_LTC_is_not_stepped_by_no_time()
    {
        Network<double> network = Network<double>.Create(ReferenceVectors.Load(Golden.Json("ltc_fullyconnected_8u")).Weights);
        double[] state = new double[8], output = [1, 2, 3, 4, 5, 6, 7, 8];
        Assert.Equal(StepResult.TimespanZero, network.Step(new double[5], 0.0, state, output, new double[network.ScratchLength]));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], output);
        // The capacitance over so short a step is infinite.
        Assert.Equal(StepResult.ResultNotFinite, network.Step(new double[5], 1e-310, state, output, new double[network.ScratchLength]));
    }

    [Fact]
    public void Steps_and_states_between_allocate_nothing()
    {
        foreach (string name in Golden.All)
        {
            SampledNetwork<float> network = new(Network<float>.Create(ReferenceVectors.Load(Golden.Json(name)).Weights));
            float[] input = new float[network.Network.InputSize];
            float[] state = new float[network.State.Length], output = new float[network.Output.Length];
            long before = 0;
            int done = 0, refused = 0;
            for (int i = 0; i < 100; i++)
            {
                if (i == 50) before = GC.GetAllocatedBytesForCurrentThread();
                if (network.Step(input, 0.1f) == StepResult.Ok) done++;
                if (network.StateAt(0.05f, state, output) == StepResult.Ok) done++;
                if (network.StateAt(float.NaN, state, output) == StepResult.TimespanNotFinite) refused++;
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal((200, 100), (done, refused));
        }
    }

    private static NetworkWeights Random(NetworkArchitecture architecture)
    {
        RandomStream random = new(5);
        NetworkWeights weights = new(architecture);
        foreach (TensorSpec tensor in weights.Tensors)
        {
            foreach (ref double value in weights[tensor.Key]) value = tensor.IsMask ? 1.0 : 0.7 * random.Normal();
        }

        return weights;
    }

    private static double[] Step(NetworkWeights weights, double[] input, double timespan, double[] state)
    {
        Network<double> network = Network<double>.Create(weights);
        double[] next = [.. state];
        double[] output = new double[network.OutputSize];
        Assert.Equal(StepResult.Ok, network.Step(input, timespan, next, output, new double[network.ScratchLength]));
        if (weights.Architecture is CfcArchitecture) Assert.Equal(next[..network.OutputSize], output);
        return next;
    }

    private static double[] Cell(NetworkWeights weights, HeadActivation activation, CfcMode mode, double[] z, double timespan)
    {
        double[] f1 = Linear(weights, CfcKeys.Head1, z), f2 = Linear(weights, CfcKeys.Head2, z);
        double[] a = Linear(weights, CfcKeys.TimeA, z), b = Linear(weights, CfcKeys.TimeB, z);
        double[] state = new double[f1.Length];
        for (int i = 0; i < state.Length; i++)
        {
            double gate = Sigmoid(a[i] * timespan + b[i]);
            state[i] = Head(f1[i]) * (mode == CfcMode.Default ? 1 - gate : 1) + gate * Head(f2[i]);
        }

        return state;

        double Head(double x) => activation switch
        {
            HeadActivation.Tanh => Math.Tanh(x),
            HeadActivation.Identity => x,
            _ => 1.7159 * Math.Tanh(0.666 * x),
        };
    }

    private static double[] Linear(NetworkWeights weights, string key, double[] x) =>
        Sum(Product(weights[key + CfcKeys.Weight], x), weights[key + CfcKeys.Bias].ToArray());

    private static double[] Product(ReadOnlySpan<double> matrix, double[] x)
    {
        double[] y = new double[matrix.Length / x.Length];
        for (int i = 0; i < matrix.Length; i++) y[i / x.Length] += matrix[i] * x[i % x.Length];
        return y;
    }

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
