using LiquidControl.Neural;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class XorTrainingTests
{
    private const int LongestStream = 5;

    public static TheoryData<string> Cells => [.. XorRecipe.All.Select(static recipe => recipe.Cell)];

    /// <summary>
    /// Streams of a few bits, their times in bits. A network blind to time could tell 78 % of them: the events alone say no more.
    /// </summary>
    [Fact]
    public void The_parity_of_short_streams_is_learned_from_events_and_their_times()
    {
        XorRecipe recipe = XorRecipe.All.Single(static recipe => recipe.Cell == "mixed");
        SequenceSet test = Short(XorData.Test(4_000));
        TrainingResult result = NetworkTrainer.Train(
            Short(XorData.Training(15_000)), new NetworkParameters(recipe.Architecture),
            recipe.Options with { Epochs = 12, BatchSize = 32, RateDecayPerEpoch = 0.85, Seed = 1 }, null,
            TestContext.Current.CancellationToken);
        Assert.InRange(XorAccuracy.Of(result.Model.Weights, test, threads: 2), 0.9, 1.0);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_recipe_runs_and_is_measured(string cell)
    {
        XorRecipe recipe = XorRecipe.All.Single(recipe => recipe.Cell == cell);
        SequenceSet test = XorData.Test(100);
        TrainingResult result = NetworkTrainer.Train(
            XorData.Training(100), new NetworkParameters(recipe.Architecture),
            recipe.Options with { Epochs = 1, Score = (network, parameters) => XorAccuracy.Of(network.Restore(parameters), test, 1) },
            null, TestContext.Current.CancellationToken);
        Assert.Equal(TrainingOutcome.Completed, result.Outcome);
        Assert.Equal(Told(result.Model.Weights, test), result.Epochs[0].Score);
        XorCard card = XorCard.Of(recipe, 1, 100, 80, result.Epochs);
        ModelMetadata metadata = card.AddTo(result.Metadata, "test");
        XorCard read = XorCard.Read(metadata, "model");
        Assert.Equal((cell, 1UL, 100, 80), (read.Cell, read.Seed, read.Samples, read.TestSamples));
        Assert.Equal(1000.0 * read.MinutesPerEpoch, read.MinutesPerWholeEpoch, 1e-9);
        Assert.Equal(card.Accuracies[0], Assert.Single(read.Accuracies), 0.005);
    }

    [Fact]
    public void A_model_that_was_not_trained_on_the_task_has_no_card()
    {
        ModelFormatException error = Assert.Throws<ModelFormatException>(() => XorCard.Read(ModelMetadata.Empty, "model"));
        Assert.Equal("provenance 'xor_cell'", error.Place);
    }

    [Fact]
    public void Keras_starts_from_biases_of_zero_and_the_pure_solution_from_its_own_constants()
    {
        foreach (XorRecipe recipe in XorRecipe.All)
        {
            NetworkParameters network = new(recipe.Architecture);
            float[] torch = network.Draw(new RandomStream(4)), keras = network.Draw(new RandomStream(4), StartRule.Keras);
            foreach (ParameterTensor tensor in network.Tensors)
            {
                float[] values = tensor.Of<float>(keras).ToArray();
                if (tensor.Key.EndsWith(".bias", StringComparison.Ordinal) || tensor.Key.EndsWith(".w_tau", StringComparison.Ordinal))
                    Assert.All(values, static value => Assert.Equal(0f, value));
                else if (tensor.Key.EndsWith(".A", StringComparison.Ordinal))
                    Assert.All(values, static value => Assert.Equal(1f, value));
                else if (tensor.Key == "fc.weight")
                    Assert.InRange(values.Max(Math.Abs), 0.9 * Math.Sqrt(6.0 / (values.Length + 1)), Math.Sqrt(6.0 / (values.Length + 1)));
                else
                    Assert.Equal(Spread(tensor.Of<float>(torch)), Spread(values), 0.25 * Spread(values));
            }
        }
    }

    private static double Spread(ReadOnlySpan<float> values)
    {
        double sum = 0.0;
        foreach (float value in values)
            sum += value * value;
        return Math.Sqrt(sum / values.Length);
    }

    /// <summary>The same by the reference implementation.</summary>
    private static double Told(NetworkWeights weights, SequenceSet data) => data.Sequences.Average(sequence =>
    {
        Network<double> network = Network<double>.Create(weights);
        double[] state = new double[network.StateSize], output = new double[1], scratch = new double[network.ScratchLength];
        for (int step = 0; step < sequence.Steps; step++)
            network.Step([sequence.Features[step]], sequence.Timespans[step], state, output, scratch);
        return output[0] > 0.0 == sequence.Targets[^1] > 0.5f ? 1.0 : 0.0;
    });

    private static SequenceSet Short(SequenceSet data)
    {
        SequenceSet found = new(data.Features, data.Targets);
        foreach (TrainingSequence sequence in data.Sequences)
        {
            float[] bits = [.. sequence.Timespans.Select(static elapsed => elapsed * XorBitStream.Length)];
            if (bits.Sum() < LongestStream + 0.5f)
                found.Add(new TrainingSequence(sequence.Features, sequence.Targets, bits, sequence.Weights));
        }

        return found;
    }
}
