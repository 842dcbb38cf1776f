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

/// <summary>A figure over the training seeds.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="Deviation">Its standard deviation (n - 1); null for one seed.</param>
internal sealed record SeedSpread(double Mean, double? Deviation)
{
    public static SeedSpread Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        return new(mean, all.Length < 2 ? null : Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1)));
    }
}

/// <summary>One controller in one scenario over its training seeds.</summary>
internal sealed record RivalRow(
    string Controller, string Scenario, int Seeds, int Parameters, SeedSpread PathP95Mm, SeedSpread FinalP95Mm, double LeastSuccessPercent,
    SeedSpread VelocityErrorRms, SeedSpread ResidualRoughness)
{
    public static RivalRow Of(string scenario, IReadOnlyList<RivalResult> results)
    {
        EvaluationRow[] rows = [.. results.Select(result => result.Scenarios.First(row => row.Scenario == scenario))];
        return new(
            results[0].Controller, scenario, results.Count, results[0].Parameters, SeedSpread.Of(rows.Select(row => row.PathP95Mm)),
            SeedSpread.Of(rows.Select(row => row.FinalP95Mm)), rows.Min(row => row.SuccessPercent),
            SeedSpread.Of(rows.Select(row => row.VelocityErrorRms)), SeedSpread.Of(rows.Select(row => row.ResidualRoughness)));
    }
}
