using LiquidControl.Neural.Explanation;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests.Explanation;

public class IntegratedGradientsTests
{
    [Theory]
    [InlineData("cfc_default_b1_lecun")]
    [InlineData("cfc_default_b2_silu_proj")]
    [InlineData("cfc_pure_b0")]
    [InlineData("cfc_nogate_b2_gelu")]
    [InlineData("cfc_autoncp_19_1_8in")]
    [InlineData("cfc_autoncp_mixed")]
    [InlineData("ltc_autoncp_19_1_8in")]
    [InlineData("ltc_mixed_autoncp")]
    public void Attributions_add_up_to_what_the_output_moved(string name)
    {
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json(name));
        Network<double> network = Network<double>.Create(vectors.Weights);
        foreach (Baseline baseline in Enum.GetValues<Baseline>())
        {
            Attribution attribution = IntegratedGradients.Of(network, Recording.Of(vectors.Sequences[1], name), baseline);
            // The magnitude of u in the pure cell's rate has a kink, at which a quadrature loses its order.
            Assert.InRange(attribution.CompletenessDefect, 0.0, name == "cfc_pure_b0" ? 1e-5 : 1e-6);
            for (int output = 0; output < network.OutputSize; output++) Assert.Equal(1.0, attribution.Shares(output).Sum(), 1e-12);
        }
    }

    [Fact]
    public void Attributions_of_a_step_are_the_mean_change_of_the_output_when_taken_together()
    {
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json("cfc_default_b2_silu_proj"));
        Network<double> network = Network<double>.Create(vectors.Weights);
        Recording recording = Recording.Of(vectors.Sequences[1], "file");
        Recording zero = recording with { Inputs = [.. recording.Inputs.Select(input => new double[input.Length])] };

        Attribution attribution = IntegratedGradients.Of(network, recording, Baseline.Zero);

        double[][] with = [.. Outputs(network, recording)], without = [.. Outputs(network, zero)];
        for (int output = 0; output < network.OutputSize; output++)
        {
            double change = with.Zip(without, (x, b) => x[output] - b[output]).Average();
            Assert.Equal(change, attribution.Mean[output].Sum(), 1e-8);
        }
    }

    [Fact]
    public void An_output_that_one_input_makes_is_all_due_to_it()
    {
        NetworkWeights weights = ModelFileTests.Sample(CfcMode.Default, Activation.Tanh, 0, 2, false, TensorType.F64).Weights;
        int width = 3 + 5;
        foreach (string head in (string[])[CfcKeys.Head1, CfcKeys.Head2, CfcKeys.TimeA, CfcKeys.TimeB])
        {
            Span<double> weight = weights[head + CfcKeys.Weight];
            for (int row = 0; row < 5; row++) (weight[row * width], weight[row * width + 2]) = (0.0, 0.0);
        }

        Attribution attribution = IntegratedGradients.Of(Network<double>.Create(weights), Noise(3, 60, 5), Baseline.Mean);

        Assert.Equal([0.0, 1.0, 0.0], attribution.Shares(0));
        Assert.Equal([0.0, 1.0, 0.0], attribution.Shares(1));
        Assert.True(attribution.Magnitude[0][1] > 1e-3);
    }

    [Fact]
    public void What_adds_linearly_is_attributed_by_its_weights()
    {
        // no_gate with identity heads, nothing recurrent: state' = w1 x + ½ w2 x.
        NetworkWeights weights = new(new CfcArchitecture
        {
            InputSize = 2,
            Units = 1,
            BackboneLayers = 0,
            Mode = CfcMode.NoGate,
            HeadActivation = HeadActivation.Identity,
        });
        double[] head1 = [3.0, 1.0, 0.0], head2 = [0.0, -4.0, 0.0];
        head1.CopyTo(weights[CfcKeys.Head1 + CfcKeys.Weight]);
        head2.CopyTo(weights[CfcKeys.Head2 + CfcKeys.Weight]);

        Attribution attribution = IntegratedGradients.Of(
            Network<double>.Create(weights), NeuronActivityTests.Steps([[1.0, 2.0], [2.0, 4.0]], [1.0, 1.0], 1), Baseline.Zero);

        Assert.Equal(4.5, attribution.Mean[0][0], 1e-9);
        Assert.Equal(-3.0, attribution.Mean[0][1], 1e-9);
        Assert.Equal(0.6, attribution.Shares(0)[0], 1e-9);
    }

    [Fact]
    public void A_network_that_turns_sharply_on_its_path_is_explained_in_windows_short_enough_to_add_up()
    {
        // A neuron that drives itself hard enough to keep either sign: along the path its memory of the first inputs flips.
        NetworkWeights weights = new(new CfcArchitecture { InputSize = 1, Units = 1, BackboneLayers = 0 });
        weights[CfcKeys.Head1 + CfcKeys.Weight][0] = 20.0;
        weights[CfcKeys.Head1 + CfcKeys.Weight][1] = 30.0;
        weights[CfcKeys.TimeB + CfcKeys.Bias][0] = -3.0;
        Recording recording = Noise(1, 400, 1);

        Attribution attribution = IntegratedGradients.Of(Network<double>.Create(weights), recording, Baseline.Zero);

        Assert.Equal(400, attribution.Steps);
        Assert.InRange(attribution.WindowSteps, 1, 399);
        Assert.InRange(attribution.CompletenessDefect, 0.0, 1e-3);
    }

    [Fact]
    public void A_long_recording_is_thinned_and_the_same_one_gives_the_same_bits()
    {
        Network<double> network = Network<double>.Create(
            ModelFileTests.Sample(CfcMode.Default, Activation.Tanh, 1, 2, false, TensorType.F64).Weights);
        Recording recording = Noise(3, IntegratedGradients.MostSteps + 1, 5);

        Attribution first = IntegratedGradients.Of(network, recording, Baseline.Mean);
        Attribution second = IntegratedGradients.Of(network, recording, Baseline.Mean);

        Assert.Equal((IntegratedGradients.MostSteps, 8), (first.Steps, first.Windows));
        Assert.InRange(first.CompletenessDefect, 0.0, 1e-6);
        for (int output = 0; output < 2; output++)
        {
            Assert.Equal(first.Magnitude[output], second.Magnitude[output]);
            Assert.Equal(first.Mean[output], second.Mean[output]);
        }
    }

    [Fact]
    public void A_step_the_network_refuses_is_named()
    {
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json("ltc_fullyconnected_8u"));
        Recording recording = Recording.Of(vectors.Sequences[0], "file.json");
        Recording broken = recording with { Timespans = recording.Timespans.SetItem(4, 0.0) };

        string message = Assert.Throws<ModelFormatException>(
            () => IntegratedGradients.Of(Network<double>.Create(vectors.Weights), broken, Baseline.Mean)).Message;

        Assert.Contains("file.json", message, StringComparison.Ordinal);
        Assert.Contains("step 5", message, StringComparison.Ordinal);
        Assert.Contains("TimespanZero", message, StringComparison.Ordinal);
    }

    private static List<double[]> Outputs(Network<double> network, Recording recording)
    {
        List<double[]> outputs = [];
        recording.Run(network, (_, run) => outputs.Add(run.Output.ToArray()));
        return outputs;
    }

    private static Recording Noise(int inputs, int steps, int states)
    {
        RandomStream random = new(20250711);
        return NeuronActivityTests.Steps(
            [.. Enumerable.Range(0, steps).Select(_ => Enumerable.Range(0, inputs).Select(_ => random.Uniform(-1.0, 1.0)).ToArray())],
            [.. Enumerable.Range(0, steps).Select(_ => random.Uniform(0.0, 1.0))],
            states);
    }
}
