using LiquidControl.Training;

namespace LiquidControl.Cli.Reports;

/// <summary>One controller as `eval rivals` found it: a trained network of one seed, or a law without a network.</summary>
/// <param name="Controller">Name of the network or the law.</param>
/// <param name="TrainingSeed">Null for a law without a network.</param>
/// <param name="Parameters">Numbers the network learned; 0 without one.</param>
/// <param name="TrainingMoves">Moves it was trained on, all rounds together.</param>
/// <param name="EvaluationSeed">Seed of the moves it was judged by.</param>
/// <param name="Scenarios">A row a scenario.</param>
internal sealed record RivalResult(
    string Controller, long? TrainingSeed, int Parameters, int TrainingMoves, long EvaluationSeed, IReadOnlyList<EvaluationRow> Scenarios);

/// <summary>One controller in one scenario over its training seeds.</summary>
internal sealed record RivalRow(
    string Controller, string Scenario, int Seeds, int Parameters, MeanSpread PathP95Mm, MeanSpread FinalP95Mm, double LeastSuccessPercent,
    MeanSpread VelocityErrorRms, MeanSpread ResidualRoughness)
{
    public static RivalRow Of(string scenario, IReadOnlyList<RivalResult> results)
    {
        EvaluationRow[] rows = [.. results.Select(result => result.Scenarios.First(row => row.Scenario == scenario))];
        return new(
            results[0].Controller, scenario, results.Count, results[0].Parameters, MeanSpread.Of([.. rows.Select(row => row.PathP95Mm)]),
            MeanSpread.Of([.. rows.Select(row => row.FinalP95Mm)]), rows.Min(row => row.SuccessPercent),
            MeanSpread.Of([.. rows.Select(row => row.VelocityErrorRms)]), MeanSpread.Of([.. rows.Select(row => row.ResidualRoughness)]));
    }
}
