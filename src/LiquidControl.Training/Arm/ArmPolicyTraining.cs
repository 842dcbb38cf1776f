using LiquidControl.Control;
using LiquidControl.Neural;

namespace LiquidControl.Training.Arm;

/// <summary>The recipe of architecture and metrics: collect, train, then let the policy drive, collect what it meets, and train on.</summary>
public sealed class ArmPolicyTraining
{
    private readonly ArmUnderTest _test;
    private readonly ArmPolicyRecipe _recipe;
    private readonly Action<ArmTrainingProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly SequenceSet _set;
    private readonly ulong[] _seeds;
    private readonly ArmCheckpoint? _checkpoint;
    private readonly List<ArmTrainingStage> _stages = [];
    private Normalisation? _normalisation;

    private ArmPolicyTraining(
        ArmUnderTest test, ArmPolicyRecipe recipe, Action<ArmTrainingProgress>? progress, CancellationToken cancellation)
    {
        _test = test;
        _recipe = recipe;
        _progress = progress;
        _cancellation = cancellation;
        _set = ArmDataCollection.NewSet(test.Described, test.Settings, recipe.Role);
        _seeds = ArmEvaluation.EpisodeSeeds(recipe.Seed, recipe.Episodes);
        if (recipe.Options.Checkpoint is CheckpointPlan plan)
            _checkpoint = new ArmCheckpoint(plan, recipe, test, _seeds);
    }

    /// <summary>
    /// Trains by the recipe. With a checkpoint in its options a training that was ended in any stage, however suddenly, goes on to the bits
    /// of one that was not.
    /// </summary>
    /// <param name="test">Arm and settings.</param>
    /// <param name="recipe">How.</param>
    /// <param name="progress">Told of every move and batch, by several threads at once.</param>
    /// <param name="cancellation">Stops within one move or batch; with a checkpoint nothing that was learned is lost.</param>
    /// <exception cref="ModelFormatException">The checkpoint to go on from is damaged or of another training.</exception>
    public static ArmTrainingResult Run(
        ArmUnderTest test, ArmPolicyRecipe recipe, Action<ArmTrainingProgress>? progress = null, CancellationToken cancellation = default) =>
        new ArmPolicyTraining(test, recipe, progress, cancellation).Run();

    /// <summary>Removes what a training by this recipe keeps to go on from: when its network is on the disk.</summary>
    public static void RemoveCheckpoint(ArmPolicyRecipe recipe)
    {
        if (recipe.Options.Checkpoint is CheckpointPlan plan)
            ArmCheckpoint.Remove(plan, recipe.DaggerRounds + 1);
    }

    private ArmTrainingResult Run()
    {
        _checkpoint?.Begin();
        ControllerKind kind = _recipe.Role == PolicyRole.Residual ? ControllerKind.Liquid : ControllerKind.EndToEnd;
        string stage = "collecting with ct-eso";
        try
        {
            Collect(new ControllerEntry("ct-eso", ControllerKind.CtEso), 0, _recipe.FirstEpisodes, stage);
            TrainingResult result = Train(null, _recipe.FirstEpochs, stage = "training");
            for (int round = 0; round < _recipe.DaggerRounds && result.Outcome == TrainingOutcome.Completed; round++)
            {
                int first = _recipe.FirstEpisodes + round * _recipe.DaggerEpisodes;
                string name = $"DAgger round {round + 1} of {_recipe.DaggerRounds}";
                ControllerEntry driver = ControllerEntry.Of("policy in training", kind, result);
                Collect(driver, first, _recipe.DaggerEpisodes, stage = $"{name}: collecting");
                result = Train(result, _recipe.DaggerEpochs, stage = $"{name}: training");
            }

            return new ArmTrainingResult(result.Outcome, $"{stage}: {result.Message}", _stages);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return new ArmTrainingResult(TrainingOutcome.Cancelled, $"{stage}: Stopped on request.", _stages);
        }
    }

    private void Collect(ControllerEntry driver, int first, int count, string stage)
    {
        int done = 0;
        _progress?.Invoke(new ArmTrainingProgress(stage, 0.0, null));
        ArmDataCollection.Collect(_set, _test, driver, _recipe.Role, _seeds[first..(first + count)], EpisodeDone, _cancellation);

        void EpisodeDone() => _progress?.Invoke(new ArmTrainingProgress(stage, (double)Interlocked.Increment(ref done) / count, null));
    }

    private TrainingResult Train(TrainingResult? start, int epochs, string stage)
    {
        _normalisation ??= Normalisation.Of(_set);
        TrainingOptions options = _recipe.OptionsFor(_test, _normalisation) with
        {
            Epochs = epochs,
            Checkpoint = _checkpoint?.OfStage(_stages.Count),
        };
        TrainingResult result = start is null
            ? NetworkTrainer.Train(_set, _recipe.NewNetwork(_set), options, Report, _cancellation)
            : NetworkTrainer.GoOn(_set, start, options, Report, _cancellation);
        _stages.Add(new ArmTrainingStage(stage, result));
        return result;

        void Report(TrainingProgress state) =>
            _progress?.Invoke(new ArmTrainingProgress(stage, (double)state.Batch / state.Batches, state));
    }
}
