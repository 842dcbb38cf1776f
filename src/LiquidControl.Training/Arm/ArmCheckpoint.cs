using LiquidControl.Control;
using LiquidControl.Neural;

namespace LiquidControl.Training.Arm;

/// <summary>
/// What an arm's training needs to go on after a sudden end. The file says what the training is of; beside it stands one checkpoint of
/// <see cref="NetworkTrainer"/> for each stage that learns, and a finished stage's holds its network. The moves are not kept: they follow
/// from seeds and networks, bit for bit, and driving them again takes minutes where a file of them would take gigabytes. Whether they came
/// out the same, the stages' checkpoints tell by their SHA-256, and the first few, driven at once, spare the minutes where they did not.
/// </summary>
internal sealed class ArmCheckpoint
{
    private const string Kind = "liquidcontrol arm training checkpoint 1";

    /// <summary>Moves looked at before all others.</summary>
    private const int Probes = 4;

    private readonly CheckpointPlan _plan;
    private readonly SealedFile _file;
    private readonly int _stages;

    /// <param name="plan">The file, and whether to go on from it.</param>
    /// <param name="recipe">The training.</param>
    /// <param name="test">Arm and settings.</param>
    /// <param name="seeds">Of all moves.</param>
    public ArmCheckpoint(CheckpointPlan plan, ArmPolicyRecipe recipe, ArmUnderTest test, ulong[] seeds)
    {
        _plan = plan;
        _stages = 1 + recipe.DaggerRounds;
        _file = new SealedFile(plan.Path, Kind, Identity(recipe, test, seeds));
    }

    /// <summary>Makes sure that the file is of this training, or starts anew.</summary>
    /// <exception cref="ModelFormatException">The file to go on from is missing, damaged, or of another training.</exception>
    public void Begin()
    {
        if (_plan.Resumes)
        {
            _file.Load();
            return;
        }

        Remove(_plan, _stages);
        _file.Save([]);
    }

    /// <summary>Removes the file and those of the stages.</summary>
    public static void Remove(CheckpointPlan plan, int stages)
    {
        for (int stage = 0; stage < stages; stage++)
            AtomicFile.Delete(StagePath(plan, stage));
        AtomicFile.Delete(plan.Path);
    }

    /// <summary>How a stage that learns survives a sudden end.</summary>
    public CheckpointPlan OfStage(int stage)
    {
        string path = StagePath(_plan, stage);
        return _plan with { Path = path, Resumes = _plan.Resumes && File.Exists(path) };
    }

    private static string StagePath(CheckpointPlan plan, int stage) => FormattableString.Invariant($"{plan.Path}.{stage + 1}");

    private static IReadOnlyList<KeyValuePair<string, string>> Identity(ArmPolicyRecipe recipe, ArmUnderTest test, ulong[] seeds)
    {
        SequenceSet first = ArmDataCollection.NewSet(test.Described, test.Settings, recipe.Role);
        ControllerEntry driver = new("ct-eso", ControllerKind.CtEso);
        ArmDataCollection.Collect(first, test, driver, recipe.Role, seeds[..Math.Min(Probes, recipe.FirstEpisodes)]);
        return
        [
            new("robot", test.Described.Name),
            new(nameof(recipe.Role), $"{recipe.Role}"),
            new(nameof(recipe.FirstEpisodes), $"{recipe.FirstEpisodes}"),
            new(nameof(recipe.FirstEpochs), $"{recipe.FirstEpochs}"),
            new(nameof(recipe.DaggerRounds), $"{recipe.DaggerRounds}"),
            new(nameof(recipe.DaggerEpisodes), $"{recipe.DaggerEpisodes}"),
            new(nameof(recipe.DaggerEpochs), $"{recipe.DaggerEpochs}"),
            new("network", TrainingIdentity.Describe(recipe.NewNetwork(first))),
            .. TrainingIdentity.Of(recipe.Options with { Seed = recipe.Seed }),
            new("first moves", first.ContentHash()),
        ];
    }
}
