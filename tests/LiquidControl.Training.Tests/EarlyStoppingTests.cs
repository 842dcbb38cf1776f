using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class EarlyStoppingTests
{
    /// <summary>Random targets: what is learned of them is soon worth nothing for others.</summary>
    private static readonly TrainingOptions Options = TestTraining.Options with
    {
        Epochs = 60,
        LearningRate = 0.02,
        RateDecayPerEpoch = 1.0,
        Validation = Others(),
        Patience = 3,
    };

    [Fact]
    public void A_training_ends_with_its_best_epoch_on_the_validation_data_soon_after_it()
    {
        TrainingResult result = Train(Options);
        double[] losses = [.. result.Epochs.Select(static epoch => epoch.ValidationLoss)];
        int best = Array.IndexOf(losses, losses.Min());
        Assert.Equal(best + 1 + 3, losses.Length);
        Assert.InRange(losses.Length, 4, 59);
        Assert.Equal(TrainingOutcome.Completed, result.Outcome);
        Assert.Contains($"ended early after {losses.Length}: epoch {best + 1},", result.Message, StringComparison.Ordinal);
        TrainingResult shorter = Train(Options with { Epochs = best + 1, Validation = null, Patience = null });
        Assert.Equal(shorter.Parameters, result.Parameters);
    }

    [Fact]
    public void The_validation_loss_is_the_loss_without_dropout()
    {
        TrainingResult result = Train(Options with { Epochs = 1, Dropout = 0.5, Patience = null });
        // At a learning rate that moves nothing, an epoch's own loss is that of its final parameters.
        TrainingResult still = NetworkTrainer.GoOn(
            Others(), result.Model,
            Options with { Epochs = 1, LearningRate = 1e-30, Validation = null, Patience = null, ChunkSteps = 100 },
            null, TestContext.Current.CancellationToken);
        Assert.Equal(still.Epochs[0].Loss, result.Epochs[0].ValidationLoss, 1e-6);
    }

    [Fact]
    public void Patience_needs_validation_data_over_the_same_signals()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Train(Options with { Validation = null }));
        Assert.Equal("Training option Patience is 3; expected none without validation data.", error.Message);
        SequenceSet other = new([new Signal("z", "1")], [new Signal("y", "1")]);
        error = Assert.Throws<ArgumentException>(() => Train(Options with { Validation = other }));
        Assert.Equal("Training option Validation is of other features; expected those of the data.", error.Message);
        error = Assert.Throws<ArgumentException>(() => Train(Options with { Validation = TestTraining.NewSet() }));
        Assert.Equal("Training option Validation is without a step of positive weight; expected at least one.", error.Message);
    }

    private static SequenceSet Others()
    {
        SequenceSet all = TestTraining.Data(65), others = TestTraining.NewSet();
        foreach (TrainingSequence sequence in all.Sequences.Skip(45))
            others.Add(sequence);
        return others;
    }

    private static TrainingResult Train(TrainingOptions options) =>
        NetworkTrainer.Train(TestTraining.Data(), TestNetworks.Of("cfc"), options, null, TestContext.Current.CancellationToken);
}
