using LiquidControl.Control;
using LiquidControl.Neural;
using LiquidControl.Simulation;
using LiquidControl.Training.Arm;

namespace LiquidControl.Training.Prediction;

/// <summary>
/// Holds forecasts against the truth over the seeded moves of a scenario, driven by ct-eso. Episodes run in parallel; the results do not depend
/// on it.
/// </summary>
public static class PredictionEvaluation
{
    /// <summary>How far ahead is asked, s.</summary>
    public static readonly double[] Horizons = [0.02, 0.05, 0.1, 0.2, 0.5, 1.0];

    /// <summary>An episode goes on this long after arrival, s: the longest horizon from there.</summary>
    public const double HoldAfter = JointStatePredictor.LongestHorizon + 0.05;

    /// <summary>A row per forecast and horizon.</summary>
    /// <exception cref="ModelFormatException">The model is not a predictor for this arm.</exception>
    public static PredictionRow[] Run(
        ArmUnderTest test, Model model, string file, Scenario scenario, ulong[] seeds, Action? episodeDone = null,
        CancellationToken cancellation = default)
    {
        var episodes = new PredictionError[seeds.Length][][];
        string[] names = [];
        Parallel.For(0, seeds.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var episode = new ArmEpisode(test, scenario, ArmEvaluation.ModelErrorOf(scenario), seeds[i], ArmEvaluation.Rate);
            Forecast[] forecasts = Forecast.All(model, file, episode.Believed, episode.Settings, episode.Arm.Plant.Parameters);
            var judge = new PredictionJudge(test.Described, forecasts, Horizons);
            episode.Run(ControllerKind.CtEso, null, judge, cancellation, HoldAfter);
            episodes[i] = judge.Finish();
            if (i == 0) names = [.. forecasts.Select(static forecast => forecast.Name)];
            episodeDone?.Invoke();
        });
        PredictionError[][] queries = [.. episodes.SelectMany(static episode => episode)];
        return
        [
            .. names.SelectMany((name, forecast) => Horizons.Select((horizon, h) =>
                Row(scenario.Name, name, horizon, [.. queries.Select(errors => errors[forecast * Horizons.Length + h])]))),
        ];
    }

    private static PredictionRow Row(string scenario, string name, double horizon, PredictionError[] errors) => new(
        scenario, name, horizon, errors.Length,
        1e3 * Math.Sqrt(errors.Average(static error => error.PositionSquare)),
        1e3 * Percentile.Of(errors.Select(static error => error.LargestPosition), 95.0),
        1e3 * Math.Sqrt(errors.Average(static error => error.Tool * error.Tool)),
        1e3 * Percentile.Of(errors.Select(static error => error.Tool), 95.0),
        1e3 * Math.Sqrt(errors.Average(static error => error.VelocitySquare)));
}
