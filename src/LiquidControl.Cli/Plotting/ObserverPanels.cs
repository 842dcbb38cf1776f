using LiquidControl.Training;
using LiquidControl.Training.Observing;

namespace LiquidControl.Cli.Plotting;

/// <summary>The diagrams of an observer experiment: a column of points a regime, a colour an estimator.</summary>
internal static class ObserverPanels
{
    /// <summary>Between the points of a column, sideways, so that none hides another.</summary>
    private const double Step = 0.09;

    public static IReadOnlyList<Panel> Of(IReadOnlyList<ObserverRow> rows) =>
    [
        Errors("velocity", "RMS error (mrad/s)", rows, error => error.Velocity),
        Errors("position", "RMS error (mrad)", rows, error => error.Position),
    ];

    private static Panel Errors(string title, string label, IReadOnlyList<ObserverRow> rows, Func<ObserverError, MeanSpread> select)
    {
        string regimes = string.Join("  ", rows[0].Errors.Select((error, i) => FormattableString.Invariant($"{i + 1} {error.Regime}")));
        return new(title, regimes, label, [.. rows.Select(Points)], IsLogY: true);

        Line Points(ObserverRow row, int place) => new(
            row.Estimator, [.. row.Errors.Select((_, i) => i + 1 + Step * (place - 0.5 * (rows.Count - 1)))],
            [.. row.Errors.Select(error => select(error).Mean)], IsPoints: true);
    }
}
