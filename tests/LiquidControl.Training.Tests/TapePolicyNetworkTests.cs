using LiquidControl.Numerics;
using LiquidControl.Training.Rivals;
using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class TapePolicyNetworkTests
{
    private const int Steps = 40;

    [Theory]
    [InlineData("gru")]
    [InlineData("lstm with dt")]
    [InlineData("mlp")]
    [InlineData("cfc")]
    public void Steps_say_what_the_same_network_says_of_the_whole_sequence(string name)
    {
        TrainingResult trained = NetworkTrainer.Train(
            TestTraining.Data(), TestNetworks.Of(name), TestTraining.Options, null, TestContext.Current.CancellationToken);
        SequenceSet data = TestTraining.NewSet();
        RandomStream random = new(31);
        float[] features = [.. Enumerable.Range(0, Steps * TestNetworks.InputSize).Select(_ => (float)random.NextDouble())];
        float[] timespans = [.. Enumerable.Range(0, Steps).Select(_ => (float)(0.002 + (0.004 * random.NextDouble())))];
        data.Add(new TrainingSequence(features, new float[Steps * TestNetworks.OutputSize], timespans));
        float[] whole = NetworkOutputs.Of(trained, data, threads: 1, TestContext.Current.CancellationToken)[0];

        TapePolicyNetwork network = new(trained.Network, trained.Parameters);
        Normalisation normalisation = Normalisation.Of(trained.Metadata, data);
        float[] input = new float[network.InputSize], output = new float[network.OutputSize];
        for (int run = 0; run < 2; run++)
        {
            network.Reset();
            for (int step = 0; step < Steps; step++)
            {
                for (int i = 0; i < input.Length; i++)
                    input[i] = normalisation.Feature(i, features[(step * input.Length) + i]);
                Assert.True(network.Evaluate(input, (float)(timespans[step] * (1.0 / trained.Metadata.TimespanScale)), output));
                for (int i = 0; i < output.Length; i++)
                    Assert.Equal(whole[(step * output.Length) + i], output[i] * normalisation.OutputScale[i], 1e-6f);
            }
        }
    }

    [Fact]
    public void An_output_that_is_not_finite_is_refused()
    {
        TrainingResult trained = NetworkTrainer.Train(
            TestTraining.Data(), TestNetworks.Of("gru"), TestTraining.Options, null, TestContext.Current.CancellationToken);
        TapePolicyNetwork network = new(trained.Network, trained.Parameters);
        float[] input = new float[network.InputSize], output = new float[network.OutputSize];
        input[0] = float.NaN;
        Assert.False(network.Evaluate(input, 1f, output));
    }
}
