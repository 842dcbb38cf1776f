using LiquidControl.Control;
using LiquidControl.Neural;

namespace LiquidControl.Training.Arm;

/// <summary>How much data and how many passes; the defaults made the shipped policy.</summary>
public sealed record ArmPolicyRecipe
{
    public PolicyRole Role { get; init; } = PolicyRole.Residual;

    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Episodes driven by the classical law before the first training. Many episodes and few epochs: each episode is one draw of payload,
    /// masses and friction, and a network that sees few of them often learns them by heart.
    /// </summary>
    public int FirstEpisodes { get; init; } = 12288;

    public int FirstEpochs { get; init; } = 4;

    /// <summary>Rounds in which the policy drives, its own states are labelled and training goes on (DAgger: Ross, Gordon, Bagnell 2011).</summary>
    public int DaggerRounds { get; init; } = 1;

    public int DaggerEpisodes { get; init; } = 6144;

    public int DaggerEpochs { get; init; } = 4;

    /// <summary>Neurons of the network, a dense CfC.</summary>
    public int Units { get; init; } = 64;

    /// <summary>Width of its backbone, one layer.</summary>
    public int BackboneUnits { get; init; } = 96;

    /// <summary>The Huber loss stays quadratic over most of the range: heavy payloads must not count as outliers.</summary>
    public TrainingOptions Options { get; init; } = new()
    {
        BatchSize = 64,
        LearningRate = 3e-3,
        ChatterPenalty = 1.5f,
        HuberBeta = 2f,
    };

    internal CfcArchitecture Architecture(SequenceSet data) => new()
    {
        InputSize = data.Features.Count,
        Units = Units,
        BackboneUnits = BackboneUnits,
        ProjectionSize = data.OutputCount,
    };
}

/// <summary>What the training is doing now.</summary>
/// <param name="Stage">For a person.</param>
/// <param name="Fraction">Done part of the stage, 0 to 1.</param>
/// <param name="Training">Loss, rate and time left while the network learns.</param>
public readonly record struct ArmTrainingProgress(string Stage, double Fraction, TrainingProgress? Training);

/// <summary>The recipe of architecture and metrics: collect, train, then let the policy drive, collect what it meets, and train on.</summary>
public static class ArmPolicyTraining
{
    public static TrainingResult Run(
        ArmUnderTest test, ArmPolicyRecipe recipe, Action<ArmTrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ControllerKind kind = recipe.Role == PolicyRole.Residual ? ControllerKind.Liquid : ControllerKind.EndToEnd;
        Normalisation? normalisation = null;
        SequenceSet set = ArmDataCollection.NewSet(test.Described, recipe.Role);
        ulong[] seeds = ArmEvaluation.EpisodeSeeds(recipe.Seed, recipe.FirstEpisodes + recipe.DaggerRounds * recipe.DaggerEpisodes);

        Collect(new ControllerEntry("ct-eso", ControllerKind.CtEso), seeds[..recipe.FirstEpisodes], "collecting with ct-eso");
        TrainingResult result = Train(null, recipe.FirstEpochs, "training");
        for (int round = 0; round < recipe.DaggerRounds && result.Outcome == TrainingOutcome.Completed; round++)
        {
            int first = recipe.FirstEpisodes + round * recipe.DaggerEpisodes;
            string name = $"DAgger round {round + 1} of {recipe.DaggerRounds}";
            Collect(ControllerEntry.Of("policy in training", kind, result), seeds[first..(first + recipe.DaggerEpisodes)], $"{name}: collecting");
            result = Train(result.Model, recipe.DaggerEpochs, $"{name}: training");
        }

        return result;

        void Collect(ControllerEntry driver, ulong[] part, string stage)
        {
            int done = 0;
            progress?.Invoke(new ArmTrainingProgress(stage, 0.0, null));
            ArmDataCollection.Collect(set, test, driver, recipe.Role, part,
                () => progress?.Invoke(new ArmTrainingProgress(stage, (double)Interlocked.Increment(ref done) / part.Length, null)), cancellation);
        }

        TrainingResult Train(Model? start, int epochs, string stage)
        {
            normalisation ??= Normalisation.Of(set);
            TrainingOptions options = recipe.Options with { Epochs = epochs, Seed = recipe.Seed, Normalisation = normalisation };
            return start is null
                ? NetworkTrainer.Train(set, new NetworkParameters(recipe.Architecture(set)), options, Report, cancellation)
                : NetworkTrainer.GoOn(set, start, options, Report, cancellation);

            void Report(TrainingProgress state) =>
                progress?.Invoke(new ArmTrainingProgress(stage, (double)state.Batch / state.Batches, state));
        }
    }
}
