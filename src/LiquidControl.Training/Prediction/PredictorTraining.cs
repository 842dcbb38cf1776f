using LiquidControl.Training.Arm;

namespace LiquidControl.Training.Prediction;

/// <summary>Collects moves, asks about them and learns the answers.</summary>
public static class PredictorTraining
{
    public static TrainingResult Run(
        ArmUnderTest test, PredictorRecipe recipe, Action<ArmTrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        const string Collecting = "collecting with ct-eso";
        SequenceSet set = PredictionData.NewSet(test.Described.JointCount);
        int done = 0;
        progress?.Invoke(new ArmTrainingProgress(Collecting, 0.0, null));
        PredictionData.Collect(
            set, test, ArmEvaluation.EpisodeSeeds(recipe.Seed, recipe.Episodes),
            () => progress?.Invoke(new ArmTrainingProgress(Collecting, (double)Interlocked.Increment(ref done) / recipe.Episodes, null)),
            cancellation);
        return NetworkTrainer.Train(
            set, new NetworkParameters(recipe.Architecture(set)), recipe.Options with { Seed = recipe.Seed },
            state => progress?.Invoke(new ArmTrainingProgress("training", (double)state.Batch / state.Batches, state)), cancellation);
    }
}
