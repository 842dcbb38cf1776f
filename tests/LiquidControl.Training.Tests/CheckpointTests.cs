using LiquidControl.Neural;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class CheckpointTests : IDisposable
{
    private const int Batches = 8;

    private static readonly TrainingOptions Options = TestTraining.Options with
    {
        Epochs = 4,
        Dropout = 0.2,
        PackByLength = true,
        SquarePenalty = 1e-4,
        Validation = TestTraining.Data(5),
        Score = static (_, parameters) => parameters[0],
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liquidcontrol-");

    private string File => Path.Combine(_folder.FullName, "training.checkpoint");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("cfc", OptimiserKind.Adam, 1)]
    [InlineData("cfc with three layers", OptimiserKind.Adam, 4)]
    [InlineData("wired memory to input", OptimiserKind.RmsProp, 3)]
    [InlineData("ltc explicit, linear maps", OptimiserKind.Adam, 6)]
    [InlineData("gru", OptimiserKind.RmsProp, 7)]
    public void A_training_that_was_stopped_ends_with_the_bits_of_one_that_was_not(string name, OptimiserKind optimiser, int batches)
    {
        TrainingOptions options = Options with { Optimiser = optimiser };
        TrainingResult whole = Train(name, options);
        TrainingResult first = Stopped(name, options with { Checkpoint = new CheckpointPlan(File) }, batches);
        Assert.Equal(TrainingOutcome.Cancelled, first.Outcome);
        TrainingResult rest = Train(name, options with { Threads = 1, Checkpoint = new CheckpointPlan(File) { Resumes = true } });
        AssertSame(whole, rest);
        Assert.NotEqual(whole.Parameters, first.Parameters);
    }

    [Fact]
    public void A_training_that_is_stopped_after_every_batch_ends_with_the_same_bits()
    {
        TrainingResult whole = Train("cfc", Options);
        TrainingResult part = Stopped("cfc", Options with { Checkpoint = new CheckpointPlan(File) }, 1);
        int parts = 1;
        for (; part.Outcome == TrainingOutcome.Cancelled; parts++)
            part = Stopped("cfc", Options with { Checkpoint = new CheckpointPlan(File) { Resumes = true } }, 1);
        Assert.Equal(Batches, parts);
        AssertSame(whole, part);
    }

    /// <summary>What is on the disk between two batches is enough, without a last word when the process ends.</summary>
    [Fact]
    public void A_checkpoint_from_within_an_epoch_is_enough_to_go_on()
    {
        TrainingResult whole = Train("cfc", Options);
        CheckpointPlan often = new(File) { Interval = TimeSpan.FromTicks(1) };
        string copy = File + ".copy";
        Train("cfc", Options with { Checkpoint = often }, progress =>
        {
            // Told before it is written: at the sixth batch the file is that of the fifth.
            if (progress.Batch == 6)
                System.IO.File.Copy(File, copy);
        });
        List<int> batches = [];
        TrainingResult rest = Train(
            "cfc", Options with { Checkpoint = new CheckpointPlan(copy) { Resumes = true } }, progress => batches.Add(progress.Batch));
        Assert.Equal([6, 7, 8], batches);
        AssertSame(whole, rest);
    }

    [Fact]
    public void A_finished_training_is_taken_from_its_checkpoint()
    {
        TrainingResult whole = Train("cfc", Options with { Checkpoint = new CheckpointPlan(File) });
        TrainingOptions resumed = Options with { Checkpoint = new CheckpointPlan(File) { Resumes = true } };
        AssertSame(whole, Train("cfc", resumed, _ => Assert.Fail("a batch was run")));
    }

    [Fact]
    public void A_checkpoint_with_any_byte_changed_or_cut_off_is_refused()
    {
        Stopped("cfc", Options with { Checkpoint = new CheckpointPlan(File) }, 3);
        byte[] sound = System.IO.File.ReadAllBytes(File);
        RandomStream random = new(21);
        for (int i = 0; i < 60; i++)
        {
            byte[] damaged = [.. sound];
            damaged[random.NextInt(sound.Length)] ^= (byte)(1 + random.NextInt(255));
            AssertRefused(damaged);
            AssertRefused(sound[..random.NextInt(sound.Length)]);
        }

        AssertRefused([.. sound, 0]);
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused_by_the_field_that_differs()
    {
        Stopped("cfc", Options with { Checkpoint = new CheckpointPlan(File) }, 3);
        TrainingOptions resumed = Options with { Checkpoint = new CheckpointPlan(File) { Resumes = true } };
        AssertRefused("LearningRate", "found 0.005, expected 0.004", () => Train("cfc", resumed with { LearningRate = 0.004 }));
        AssertRefused("Epochs", "found 4, expected 5", () => Train("cfc", resumed with { Epochs = 5 }));
        AssertRefused("decayed tensors", "expected none", () => Train("cfc", resumed with { Decays = static _ => false }));
        AssertRefused("validation data", "expected none", () => Train("cfc", resumed with { Validation = null }));
        AssertRefused("first parameters", "found", () => Train("cfc", resumed with { Seed = 1 }));
        AssertRefused("network", "\"mode\":\"default\"", () => Train("cfc with lecun_tanh heads", resumed));
        AssertRefused("data", "found", () => NetworkTrainer.Train(
            TestTraining.Data(44), TestNetworks.Of("cfc"), resumed, null, TestContext.Current.CancellationToken));
        AssertSame(Train("cfc", Options), Train("cfc", resumed));
    }

    [Fact]
    public void A_checkpoint_that_is_missing_or_no_checkpoint_is_refused()
    {
        TrainingOptions resumed = Options with { Checkpoint = new CheckpointPlan(File) { Resumes = true } };
        AssertRefused("path", "no such file", () => Train("cfc", resumed));
        ModelFile.Save(File, Train("cfc", Options).Model);
        AssertRefused("kind", "found nothing", () => Train("cfc", resumed));
    }

    [Fact]
    public void A_training_that_runs_away_leaves_the_last_good_checkpoint()
    {
        TrainingOptions options = Options with
        {
            Epochs = 400,
            LearningRate = 1e4,
            WarmUpBatches = 400,
            Validation = null,
            Checkpoint = new CheckpointPlan(File),
        };
        TrainingResult result = Train("cfc", options);
        Assert.Equal(TrainingOutcome.Diverged, result.Outcome);
        TrainingResult again = Train("cfc", options with { Checkpoint = new CheckpointPlan(File) { Resumes = true } });
        Assert.Equal(result.Message, again.Message);
        Assert.Equal(result.Parameters, again.Parameters);
    }

    private static TrainingResult Train(string name, TrainingOptions options, Action<TrainingProgress>? progress = null) =>
        NetworkTrainer.Train(TestTraining.Data(), TestNetworks.Of(name), options, progress, TestContext.Current.CancellationToken);

    private static TrainingResult Stopped(string name, TrainingOptions options, int batches)
    {
        using CancellationTokenSource source = new();
        return NetworkTrainer.Train(TestTraining.Data(), TestNetworks.Of(name), options, _ =>
        {
            if (--batches == 0)
                source.Cancel();
        }, source.Token);
    }

    private static void AssertSame(TrainingResult expected, TrainingResult found)
    {
        Assert.Equal(TrainingOutcome.Completed, found.Outcome);
        Assert.Equal(expected.Parameters, found.Parameters);
        Assert.Equal(Timeless(expected), Timeless(found));
        Assert.Equal(expected.Message, found.Message);
    }

    private static IEnumerable<EpochRecord> Timeless(TrainingResult result) => result.Epochs.Select(static epoch => epoch with { Seconds = 0.0 });

    private void AssertRefused(byte[] damaged)
    {
        System.IO.File.WriteAllBytes(File, damaged);
        Assert.Throws<ModelFormatException>(() => Train("cfc", Options with { Checkpoint = new CheckpointPlan(File) { Resumes = true } }));
    }

    private void AssertRefused(string place, string part, Action train)
    {
        ModelFormatException error = Assert.Throws<ModelFormatException>(train);
        Assert.Equal((File, place), (error.File, error.Place));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains("anew", error.Message, StringComparison.Ordinal);
    }
}
