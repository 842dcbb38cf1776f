using LiquidControl.Neural.Explanation;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests.Explanation;

public class NeuronActivityTests
{
    public static TheoryData<string> All => [.. Golden.All];

    [Theory]
    [MemberData(nameof(All))]
    public void What_the_probe_sees_makes_the_new_state_in_every_bit(string name)
    {
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json(name));
        CfcMode? mode = (vectors.Weights.Architecture as CfcArchitecture)?.Mode ?? (vectors.Weights.Architecture as WiredCfcArchitecture)?.Mode;
        if (mode is null) return;
        Network<double> network = Network<double>.Create(vectors.Weights);
        int neurons = network.Architecture.NeuronCount;
        foreach (ReferenceSequence sequence in vectors.Sequences)
        {
            Recording recording = Recording.Of(sequence, name);
            double[][] states = [.. recording.Run(network)];
            for (int step = 0; step < sequence.Inputs.Length; step++)
            {
                NetworkProbe<double> probe = new(neurons);
                network.Inspect(sequence.Inputs[step], sequence.Timespans[step], states[step], states[step + 1], probe);
                for (int i = 0; i < neurons; i++) Assert.Equal(states[step + 1][i], Recombined(mode.Value, vectors.Weights, probe, i, sequence.Timespans[step]));
            }
        }
    }

    [Fact]
    public void A_gate_has_the_time_constant_it_was_given()
    {
        NetworkWeights weights = new(new CfcArchitecture { InputSize = 1, Units = 2, BackboneLayers = 0 });
        weights[CfcKeys.TimeA + CfcKeys.Bias][0] = -4.0;
        weights[CfcKeys.TimeA + CfcKeys.Bias][1] = 0.5;
        weights[CfcKeys.TimeB + CfcKeys.Bias][1] = 20.0;

        NeuronActivity[] neurons = [.. NeuronActivity.Of(Network<double>.Create(weights), Steps([[1.0], [-1.0]], [0.5, 1.0], 2))];

        Assert.Equal(new Spread(0.25, 0.25, 0.25), neurons[0].TimeConstant);
        Assert.Equal(new Spread(2.0, 2.0, 2.0), neurons[1].TimeConstant);
        Assert.Equal(Elementary.Sigmoid(-4.0), neurons[0].Gate!.Value.Min);
        Assert.Equal(Elementary.Sigmoid(-2.0), neurons[0].Gate!.Value.Max);
        Assert.Equal((0.0, 1.0), (neurons[0].Saturation, neurons[1].Saturation));
        Assert.Equal(default, neurons[0].State);
    }

    [Fact]
    public void A_pure_cell_has_the_rate_of_its_equation_and_no_gate()
    {
        NetworkWeights weights = new(new CfcArchitecture { InputSize = 1, Units = 1, BackboneLayers = 0, Mode = CfcMode.Pure });
        weights[CfcKeys.TimeConstant][0] = -3.0;
        weights[CfcKeys.Head1 + CfcKeys.Weight][0] = 1.0;
        weights[CfcKeys.Amplitude][0] = 1.0;

        NeuronActivity neuron = NeuronActivity.Of(Network<double>.Create(weights), Steps([[-1.0], [5.0], [1.0]], [1.0, 1.0, 1.0], 1)).Single();

        Assert.Equal(new Spread(0.25, 0.125, 0.25), neuron.TimeConstant);
        Assert.Null(neuron.Gate);
        Assert.Null(neuron.Saturation);
    }

    [Fact]
    public void An_LTC_neuron_has_its_capacitance_over_its_conductance()
    {
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json("ltc_fullyconnected_8u"));
        vectors.Weights["rnn_cell.sparsity_mask"].Clear();
        vectors.Weights["rnn_cell.sensory_sparsity_mask"].Clear();
        LtcParameters<double> parameters = LtcParameters<double>.From(vectors.Weights);

        NeuronActivity[] neurons = [.. NeuronActivity.Of(Network<double>.Create(vectors.Weights), Recording.Of(vectors.Sequences[0], "file"))];

        for (int i = 0; i < neurons.Length; i++)
        {
            Assert.Equal(parameters.Capacitance[i] / parameters.LeakConductance[i], neurons[i].TimeConstant.Middle, 1e-12);
            Assert.Equal(0.0, neurons[i].Saturation);
            Assert.Null(neurons[i].Gate);
        }
    }

    [Fact]
    public void Open_synapses_shorten_an_LTC_neurons_time_constant_and_steep_ones_saturate()
    {
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json("ltc_fullyconnected_8u"));
        Recording recording = Recording.Of(vectors.Sequences[0], "file");
        NeuronActivity[] usual = [.. NeuronActivity.Of(Network<double>.Create(vectors.Weights), recording)];
        vectors.Weights["rnn_cell.mu"].Fill(-100.0);
        vectors.Weights["rnn_cell.sensory_mu"].Fill(-100.0);
        NeuronActivity[] open = [.. NeuronActivity.Of(Network<double>.Create(vectors.Weights), recording)];

        for (int i = 0; i < usual.Length; i++)
        {
            Assert.True(open[i].TimeConstant.Max < usual[i].TimeConstant.Min);
            Assert.Equal(1.0, open[i].Saturation);
        }
    }

    private static double Recombined(CfcMode mode, NetworkWeights weights, NetworkProbe<double> probe, int i, double timespan)
    {
        double f1 = probe.Head1[i], f2 = probe.Head2[i], g = probe.Gate[i];
        if (mode == CfcMode.Default) return f1 * (1.0 - g) + g * f2;
        if (mode == CfcMode.NoGate) return f1 + g * f2;
        double amplitude = Amplitudes(weights)[i];
        return amplitude - amplitude * Elementary.Exp(-timespan * probe.Rate[i]) * f1;
    }

    private static double[] Amplitudes(NetworkWeights weights) =>
        [.. weights.Tensors.Where(tensor => tensor.Key.EndsWith(".A", StringComparison.Ordinal)).SelectMany(tensor => weights[tensor.Key].ToArray())];

    internal static Recording Steps(double[][] inputs, double[] timespans, int states) => new()
    {
        Source = "test",
        InputNames = Recording.DefaultNames(inputs[0].Length),
        InitialState = [.. new double[states]],
        Inputs = [.. inputs],
        Timespans = [.. timespans],
    };
}
