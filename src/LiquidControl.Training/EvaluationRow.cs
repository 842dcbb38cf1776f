namespace LiquidControl.Training;

/// <summary>One controller in one scenario over many episodes; percentiles are over episodes (<see cref="Percentile"/>).</summary>
/// <param name="Controller">The controller's name.</param>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Episodes">Number of episodes.</param>
/// <param name="FinalP50Mm">Median final error.</param>
/// <param name="FinalP95Mm">95th percentile of the final error.</param>
/// <param name="FinalMaxMm">Largest final error.</param>
/// <param name="PathP95Mm">95th percentile of the path error.</param>
/// <param name="SuccessPercent">Share of successful episodes.</param>
/// <param name="VelocityErrorRms">Root mean square over episodes of their velocity error, mrad/s.</param>
public sealed record EvaluationRow(
    string Controller,
    string Scenario,
    int Episodes,
    double FinalP50Mm,
    double FinalP95Mm,
    double FinalMaxMm,
    double PathP95Mm,
    double SuccessPercent,
    double VelocityErrorRms)
{
    /// <summary>Root mean square over episodes of the residual's roughness (<see cref="EpisodeResult.ResidualRoughness"/>), %.</summary>
    public double ResidualRoughness { get; init; }

    /// <summary>Summarises at least one episode.</summary>
    public static EvaluationRow Of(string controller, string scenario, IReadOnlyList<EpisodeResult> episodes) => new(
        controller,
        scenario,
        episodes.Count,
        Percentile.Of(episodes.Select(static e => e.FinalErrorMm), 50.0),
        Percentile.Of(episodes.Select(static e => e.FinalErrorMm), 95.0),
        Percentile.Of(episodes.Select(static e => e.FinalErrorMm), 100.0),
        Percentile.Of(episodes.Select(static e => e.PathErrorMm), 95.0),
        100.0 * episodes.Count(static e => e.Success) / episodes.Count,
        Math.Sqrt(episodes.Average(static e => e.VelocityErrorRms * e.VelocityErrorRms)))
    {
        ResidualRoughness = Math.Sqrt(episodes.Average(static e => e.ResidualRoughness * e.ResidualRoughness)),
    };
}
