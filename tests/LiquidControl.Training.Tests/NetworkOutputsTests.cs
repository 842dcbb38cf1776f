using LiquidControl.Neural;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class NetworkOutputsTests
{
    private const ulong Seed = 15;

    [Fact]
    public void Outputs_are_those_of_the_network_that_runs_the_model()
    {
        TrainingResult trained = Train("wired memory to input");
        SequenceSet data = LongSequences();
        float[][] outputs = NetworkOutputs.Of(trained, data, threads: 2, TestContext.Current.CancellationToken);
        Network<float> network = Network<float>.Create(trained.Model.Weights);
        ModelMetadata metadata = trained.Metadata;
        float[] input = new float[network.InputSize], output = new float[network.OutputSize], scratch = new float[network.ScratchLength];
        for (int s = 0; s < outputs.Length; s++)
        {
            TrainingSequence sequence = data.Sequences[s];
            float[] state = new float[network.StateSize];
            for (int step = 0; step < sequence.Steps; step++)
            {
                for (int i = 0; i < input.Length; i++)
                {
                    double feature = sequence.Features[(step * input.Length) + i];
                    input[i] = (float)((feature - metadata.Features[i].Mean) / metadata.Features[i].Scale);
                }
                network.Step(input, (float)(sequence.Timespans[step] / metadata.TimespanScale), state, output, scratch);
                for (int i = 0; i < output.Length; i++)
                    Assert.Equal(output[i] * metadata.Outputs[i].Scale, outputs[s][(step * output.Length) + i], 2e-5);
            }
        }
    }

    [Theory]
    [InlineData("lstm with dt")]
    [InlineData("ltc")]
    public void Neither_threads_nor_other_sequences_change_an_output(string name)
    {
        TrainingResult trained = Train(name);
        SequenceSet data = LongSequences(), alone = TestTraining.NewSet();
        alone.Add(data.Sequences[3]);
        float[][] outputs = NetworkOutputs.Of(trained, data, threads: 1, TestContext.Current.CancellationToken);
        Assert.Equal(outputs, NetworkOutputs.Of(trained, data, threads: 3, TestContext.Current.CancellationToken));
        Assert.Equal(outputs[3], NetworkOutputs.Of(trained, alone, threads: 1, TestContext.Current.CancellationToken)[0]);
        Assert.Distinct(outputs.Select(static sequence => sequence[^1]));
    }

    private static TrainingResult Train(string name) => NetworkTrainer.Train(
        TestTraining.Data(), TestNetworks.Of(name), TestTraining.Options, null, TestContext.Current.CancellationToken);

    /// <summary>Longer than a chunk, of different lengths, more than one tape takes.</summary>
    private static SequenceSet LongSequences()
    {
        RandomStream random = new(Seed);
        SequenceSet data = TestTraining.NewSet();
        for (int i = 0; i < 19; i++)
            data.Add(TestTraining.Sequence(random, 5 + (13 * i)));
        return data;
    }
}
