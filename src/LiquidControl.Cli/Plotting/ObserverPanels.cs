using LiquidControl.Training.Observing;

namespace LiquidControl.Cli.Plotting;

/// <summary>The diagrams of an observer experiment: errors in every regime, a line an estimator.</summary>
internal static class ObserverPanels
{
    public static IReadOnlyList<Panel> Of(IReadOnlyList<ObserverRow> rows) =>
    [
        Errors("velocity", "RMS error (mrad/s)", rows, error => error.Velocity),
        Errors("position", "RMS error (mrad)", rows, error => error.Position),
    ];

    private static Panel Errors(string title, string label, IReadOnlyList<ObserverRow> rows, Func<ObserverError, MeanSpread> select)
    {
        string regimes = string.Join(", ", rows[0].Errors.Select((error, i) => FormattableString.Invariant($"{i + 1} {error.Regime}")));
        return new(title, regimes, label, [.. rows.Select(Line)], IsLogY: true);

        Line Line(ObserverRow row) => new(
            row.Estimator, [.. Enumerable.Range(1, row.Errors.Count).Select(i => (double)i)],
            [.. row.Errors.Select(error => select(error).Mean)], IsDashed: row.Estimator == ObserverExperiment.KalmanFilter);
    }
}
