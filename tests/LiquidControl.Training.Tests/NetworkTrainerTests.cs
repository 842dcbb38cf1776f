using LiquidControl.Neural;
using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;
using LiquidControl.Training.Rivals;
using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class NetworkTrainerTests
{
    private const double TimeConstant = 0.03;
    private static readonly TrainingOptions Small = new()
    {
        Epochs = 3,
        BatchSize = 40,
        ChunkSteps = 16,
        TimespanUnit = 0.01,
        Threads = 1,
        Seed = 9,
    };

    [Fact]
    public void A_leaky_integrator_over_irregular_periods_is_learned()
    {
        SequenceSet data = LeakyIntegrator(sequences: 128, steps: 64, seed: 5);
        TrainingResult result = Train(data, Small with { Epochs = 40, BatchSize = 32, LearningRate = 2e-2 });
        Assert.Equal(TrainingOutcome.Completed, result.Outcome);
        Assert.Equal(40, result.EpochLosses.Count);
        Assert.InRange(result.EpochLosses[^1], 0.0, 0.003);
        Assert.True(result.EpochLosses[0] > 20.0 * result.EpochLosses[^1]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_number_of_threads_changes_no_bit(int threads)
    {
        SequenceSet data = LeakyIntegrator(sequences: 90, steps: 40, seed: 6);
        TrainingResult one = Train(data, Small);
        TrainingResult many = Train(data, Small with { Threads = threads });
        Assert.Equal(one.Model.Weights.Parameters, many.Model.Weights.Parameters);
        Assert.Equal(one.EpochLosses, many.EpochLosses);
    }

    [Theory]
    [MemberData(nameof(TestNetworks.Names), MemberType = typeof(TestNetworks))]
    public void The_number_of_threads_changes_no_bit_of_any_kind_of_network(string name)
    {
        NetworkParameters network = TestNetworks.Of(name);
        SequenceSet data = TestTraining.Data();
        TrainingOptions options = TestTraining.Options with { Dropout = 0.2, PackByLength = true };
        float[] one = NetworkTrainer.TrainParameters(data, network, options with { Threads = 1 });
        Assert.Equal(one, NetworkTrainer.TrainParameters(data, network, options with { Threads = 2 }));
        Assert.Equal(one, NetworkTrainer.TrainParameters(data, network, options with { Threads = 3 }));
        Assert.NotEqual(one, NetworkTrainer.TrainParameters(data, network, options with { Seed = 1 }));
    }

    [Theory]
    [InlineData("wired, projected")]
    [InlineData("ltc")]
    [InlineData("gru")]
    [InlineData("lstm")]
    [InlineData("mlp")]
    public void A_leaky_integrator_is_learned_by_others_too(string kind)
    {
        NetworkParameters network = kind switch
        {
            "ltc" => new(new LtcArchitecture { InputSize = 1, Wiring = new FullyConnectedRecipe(8) { OutputDim = 1 } }),
            "gru" => new(new GruArchitecture { InputSize = 1, OutputSize = 1, Units = 8, ReadsTimespan = true }),
            "lstm" => new(new LstmArchitecture { InputSize = 1, OutputSize = 1, Units = 8, ReadsTimespan = true }),
            "mlp" => new(new WindowedMlpArchitecture { InputSize = 1, OutputSize = 1, Window = 6, HiddenUnits = 32, ReadsTimespan = true }),
            _ => new(new WiredCfcArchitecture { InputSize = 1, Wiring = new FullyConnectedRecipe(10), ProjectionSize = 1 }),
        };
        SequenceSet data = LeakyIntegrator(sequences: 128, steps: 48, seed: 5);
        TrainingResult result = NetworkTrainer.Train(
            data, network, Small with { Epochs = 30, BatchSize = 32, LearningRate = 2e-2 }, null, TestContext.Current.CancellationToken);
        Assert.Equal(TrainingOutcome.Completed, result.Outcome);
        Assert.InRange(result.EpochLosses[^1], 0.0, 0.05);
        Assert.True(result.EpochLosses[0] > 3.0 * result.EpochLosses[^1], $"{result.EpochLosses[0]} to {result.EpochLosses[^1]}");
    }

    [Fact]
    public void A_network_of_other_sizes_than_the_data_s_is_refused()
    {
        SequenceSet data = LeakyIntegrator(sequences: 2, steps: 3, seed: 7);
        ArgumentException error = Assert.Throws<ArgumentException>(() => NetworkTrainer.Train(
            data, TestNetworks.Of("gru"), Small, null, TestContext.Current.CancellationToken));
        Assert.Equal("The network has 3 inputs, the data 1 features; make a network for this data.", error.Message);
    }

    [Fact]
    public void A_rival_has_parameters_by_key_and_no_model_file()
    {
        TrainingResult result = NetworkTrainer.Train(
            TestTraining.Data(), TestNetworks.Of("gru"), TestTraining.Options, null, TestContext.Current.CancellationToken);
        Assert.Equal(3 * 5 * 3, result.Network["rnn.weight_ih_l0"].Of<float>(result.Parameters).Length);
        Assert.Throws<InvalidOperationException>(() => result.Model);
        Assert.Throws<KeyNotFoundException>(() => result.Network["rnn.weight_ih_l1"]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        SequenceSet data = LeakyIntegrator(sequences: 50, steps: 30, seed: 7);
        double[] first = Train(data, Small).Model.Weights.Parameters;
        Assert.Equal(first, Train(data, Small).Model.Weights.Parameters);
        Assert.NotEqual(first, Train(data, Small with { Seed = 10 }).Model.Weights.Parameters);
    }

    [Fact]
    public void A_training_that_runs_away_stops_and_keeps_finite_parameters()
    {
        SequenceSet data = LeakyIntegrator(sequences: 50, steps: 30, seed: 7);
        TrainingResult result = Train(data, Small with { LearningRate = 1e38, WarmUpBatches = 0 });
        Assert.Equal(TrainingOutcome.Diverged, result.Outcome);
        Assert.Contains("Diverged in epoch 1 of 3", result.Message, StringComparison.Ordinal);
        Assert.Contains("learning rate below 1E+38", result.Message, StringComparison.OrdinalIgnoreCase);
        Assert.All(result.Model.Weights.Parameters, static p => Assert.True(double.IsFinite(p)));
    }

    /// <summary>Ten times the best loss; with cross-entropy at least ten times that of a network that says nothing.</summary>
    [Theory]
    [InlineData(LossKind.Huber, 0.01, 0.099, false)]
    [InlineData(LossKind.Huber, 0.01, 0.101, true)]
    [InlineData(LossKind.BinaryCrossEntropy, 0.01, 0.101, false)]
    [InlineData(LossKind.BinaryCrossEntropy, 0.01, 6.93, false)]
    [InlineData(LossKind.BinaryCrossEntropy, 0.01, 6.94, true)]
    [InlineData(LossKind.BinaryCrossEntropy, 0.8, 7.9, false)]
    [InlineData(LossKind.BinaryCrossEntropy, 0.8, 8.1, true)]
    [InlineData(LossKind.BinaryCrossEntropy, 0.8, double.NaN, true)]
    public void An_epoch_has_run_away_above_ten_times_what_is_harmless(LossKind kind, double best, double last, bool runsAway) =>
        Assert.Equal(runsAway, NetworkTrainer.HasRunAway(kind, best, last));

    [Fact]
    public void A_rising_loss_counts_as_running_away()
    {
        // A step size that grows without end: the loss grows with it, long before a number overflows.
        SequenceSet data = LeakyIntegrator(sequences: 40, steps: 30, seed: 7);
        TrainingResult result = Train(data, Small with { Epochs = 400, LearningRate = 1e4, WarmUpBatches = 400 });
        Assert.Equal(TrainingOutcome.Diverged, result.Outcome);
        Assert.Contains("the mean loss rose from", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_training_keeps_what_it_has()
    {
        SequenceSet data = LeakyIntegrator(sequences: 90, steps: 30, seed: 7);
        using CancellationTokenSource source = new();
        int batches = 0;
        TrainingResult result = NetworkTrainer.Train(data, Network, Small, progress =>
        {
            batches = progress.Batch;
            if (batches == 4)
                source.Cancel();
        }, source.Token);
        Assert.Equal(4, batches);
        Assert.Equal(TrainingOutcome.Cancelled, result.Outcome);
        Assert.Equal("Stopped on request in epoch 2 of 3.", result.Message);
        Assert.Single(result.EpochLosses);
    }

    [Fact]
    public void Progress_counts_every_batch()
    {
        SequenceSet data = LeakyIntegrator(sequences: 90, steps: 30, seed: 7);
        List<TrainingProgress> seen = [];
        NetworkTrainer.Train(data, Network, Small, seen.Add, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 9), seen.Select(static p => p.Batch));
        Assert.All(seen, static p => Assert.Equal(9, p.Batches));
        Assert.Equal([1, 1, 1, 2, 2, 2, 3, 3, 3], seen.Select(static p => p.Epoch));
        Assert.All(seen, static p => Assert.True(p.StepsPerSecond > 0.0 && double.IsFinite(p.Loss)));
        Assert.Equal(TimeSpan.Zero, seen[^1].TimeLeft);
    }

    [Fact]
    public void The_model_says_what_its_numbers_mean_and_where_it_came_from()
    {
        SequenceSet data = LeakyIntegrator(sequences: 50, steps: 30, seed: 7);
        TrainingResult result = Train(data, Small with { Command = "train something" });
        Normalisation normalisation = Normalisation.Of(data);
        ModelMetadata metadata = result.Model.Metadata;
        Assert.Equal([new ModelFeature("u", "m/s", normalisation.FeatureMean[0], normalisation.FeatureScale[0])], metadata.Features);
        Assert.Equal([new ModelOutput("y", "m/s", normalisation.OutputScale[0])], metadata.Outputs);
        Assert.Equal(0.01, metadata.TimespanScale);
        Dictionary<string, string> provenance = new(metadata.Provenance);
        Assert.Equal("train something", provenance["command"]);
        Assert.Equal("9", provenance["seed"]);
        Assert.Equal(data.ContentHash(), provenance["data_sha256"]);
        Assert.Equal("50", provenance["sequences"]);
        Assert.Equal("1500", provenance["steps"]);
        Assert.Equal("Completed", provenance["outcome"]);
        Assert.Equal("3", provenance["epochs"]);
        Assert.Equal(result.EpochLosses[^1], double.Parse(provenance["loss"], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Training_goes_on_from_a_model_of_the_same_signals_only()
    {
        SequenceSet data = LeakyIntegrator(sequences: 90, steps: 30, seed: 7);
        TrainingResult first = Train(data, Small);
        SequenceSet more = LeakyIntegrator(sequences: 90, steps: 30, seed: 8);
        TrainingResult second = Train(more, Small with { TimespanUnit = 1.0, LearningRate = 1e-3 }, first.Model);
        Assert.Equal(first.Model.Metadata.Features, second.Model.Metadata.Features);
        Assert.Equal(first.Model.Metadata.Outputs, second.Model.Metadata.Outputs);
        Assert.Equal(0.01, second.Model.Metadata.TimespanScale);
        Assert.Equal(first.Model.Architecture, second.Model.Architecture);
        Assert.True(second.EpochLosses[0] < 1.2 * first.EpochLosses[^1]);

        SequenceSet other = new([new("v", "m/s")], [new("y", "m/s")]);
        other.Add(data.Sequences[0]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Train(other, Small, first.Model));
        Assert.Equal(
            "Data, feature 1: found v in m/s, expected u in m/s, as the model has it. Go on only from a model of the same features.",
            error.Message);
        SequenceSet wider = new([new("u", "m/s"), new("w", "rad")], [new("y", "m/s")]);
        wider.Add(new TrainingSequence([1f, 2f], [1f], [0.01f]));
        error = Assert.Throws<ArgumentException>(() => Train(wider, Small, first.Model));
        Assert.StartsWith("Data, feature 2: found w in rad, expected nothing, as the model has it.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        SequenceSet data = LeakyIntegrator(sequences: 2, steps: 3, seed: 7);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Train(data, Small with { OutputWeights = [1f, 1f] }));
        Assert.Equal("Training option OutputWeights is 2; expected 1 weights, one per target.", error.Message);
        error = Assert.Throws<ArgumentException>(() => Train(data, Small with { LearningRate = double.NaN }));
        Assert.Equal("Training option LearningRate is NaN; expected a positive number.", error.Message);
    }

    private static NetworkParameters Network =>
        new(new CfcArchitecture { InputSize = 1, Units = 8, BackboneUnits = 16, ProjectionSize = 1 });

    private static TrainingResult Train(SequenceSet data, TrainingOptions options, Model? start = null) => start is null
        ? NetworkTrainer.Train(data, Network, options, null, TestContext.Current.CancellationToken)
        : NetworkTrainer.GoOn(data, start, options, null, TestContext.Current.CancellationToken);

    /// <summary>
    /// A random step input through 1 / (τ s + 1), exactly solved over each irregular period: the answer needs the elapsed time.
    /// </summary>
    internal static SequenceSet LeakyIntegrator(int sequences, int steps, ulong seed)
    {
        SequenceSet data = new([new("u", "m/s")], [new("y", "m/s")]);
        RandomStream random = new(seed);
        for (int s = 0; s < sequences; s++)
        {
            float[] inputs = new float[steps];
            float[] targets = new float[steps];
            float[] timespans = new float[steps];
            double u = 0.0;
            double y = 0.0;
            for (int step = 0; step < steps; step++)
            {
                if (random.NextInt(6) == 0)
                    u = random.Uniform(-1.0, 1.0);
                timespans[step] = (float)random.Uniform(0.001, 0.03);
                y = u + ((y - u) * Elementary.Exp(-timespans[step] / TimeConstant));
                inputs[step] = (float)u;
                targets[step] = (float)y;
            }

            data.Add(new TrainingSequence(inputs, targets, timespans));
        }

        return data;
    }
}
