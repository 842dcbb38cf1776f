using System.Globalization;
using LiquidControl.Control;
using LiquidControl.Neural;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Arm;

/// <summary>
/// What an arm's trained network says of itself, beside what every trained model says: the program and the recipe that made it, its losses,
/// and how it drove moves that it was not trained on. Nothing of it depends on time or machine.
/// </summary>
public static class ArmCard
{
    /// <summary>The evaluation's seed is this far from the training's, so that its moves are others.</summary>
    private const ulong SeedDistance = 100;

    private static readonly Scenario[] Scenarios = [Scenario.Perturbed, Scenario.Payload];

    public static ulong EvaluationSeed(ArmPolicyRecipe recipe) => unchecked(recipe.Seed + SeedDistance);

    /// <summary>Drives the network and ct-eso over the same moves, in each scenario one row for either.</summary>
    /// <param name="test">Arm and settings.</param>
    /// <param name="recipe">What made the network.</param>
    /// <param name="model">The network.</param>
    /// <param name="moves">Moves a scenario; 0 for no rows.</param>
    /// <param name="progress">Told of every move, by several threads at once.</param>
    /// <param name="cancellation">Stops within one move.</param>
    public static IReadOnlyList<EvaluationRow> Evaluate(
        ArmUnderTest test, ArmPolicyRecipe recipe, Model model, int moves, Action<ArmTrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        if (moves == 0)
            return [];
        ControllerEntry network = recipe.Role == PolicyRole.Residual
            ? ControllerEntry.Of("liquid", ControllerKind.Liquid, model, "(trained policy)")
            : ControllerEntry.Of("end-to-end", ControllerKind.EndToEnd, model, "(trained policy)");
        ControllerEntry[] controllers = [network, new("ct-eso", ControllerKind.CtEso)];
        ulong[] seeds = ArmEvaluation.EpisodeSeeds(EvaluationSeed(recipe), moves);
        return [.. Scenarios.SelectMany(scenario => controllers.Select(controller => Row(scenario, controller)))];

        EvaluationRow Row(Scenario scenario, ControllerEntry controller)
        {
            int done = 0;
            string stage = $"evaluating {controller.Name}, {scenario.Name}";
            return EvaluationRow.Of(controller.Name, scenario.Name, ArmEvaluation.Run(
                test, controller, scenario, seeds,
                () => progress?.Invoke(new ArmTrainingProgress(stage, (double)Interlocked.Increment(ref done) / moves, null)), cancellation));
        }
    }

    /// <summary>The network with the card in its provenance.</summary>
    /// <param name="training">A completed training.</param>
    /// <param name="recipe">What it went by.</param>
    /// <param name="rows">What <see cref="Evaluate"/> found.</param>
    /// <param name="program">Name, version and commit of the program, which fix the recipe.</param>
    public static Model Sign(
        ArmTrainingResult training, ArmPolicyRecipe recipe, IReadOnlyList<EvaluationRow> rows, string program)
    {
        Model model = training.Model;
        return model with
        {
            Metadata = model.Metadata with
            {
                Provenance =
                [
                    .. model.Metadata.Provenance,
                    new("program", program),
                    new("recipe", Text(
                        $"{recipe.FirstEpisodes} moves, {recipe.FirstEpochs} epochs; {recipe.DaggerRounds} x ({recipe.DaggerEpisodes} moves, ")
                        + Text($"{recipe.DaggerEpochs} epochs); learning rate {recipe.Options.LearningRate}")),
                    .. training.Stages.Select(static stage => KeyValuePair.Create(
                        $"loss_by_epoch, {stage.Name}", string.Join(' ', stage.Result.EpochLosses.Select(static loss => Text($"{loss:G4}"))))),
                    .. rows.Select(row => KeyValuePair.Create($"evaluation, {row.Controller}, {row.Scenario}", Describe(row, recipe))),
                ],
            },
        };
    }

    private static string Describe(EvaluationRow row, ArmPolicyRecipe recipe) =>
        Text($"{row.Episodes} moves from seed {EvaluationSeed(recipe)}: final error p50 {row.FinalP50Mm:G3} mm, p95 {row.FinalP95Mm:G3} mm, ")
        + Text($"max {row.FinalMaxMm:G3} mm; path error p95 {row.PathP95Mm:G3} mm; success {row.SuccessPercent:G3} %; ")
        + Text($"velocity error {row.VelocityErrorRms:G3} mrad/s");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
