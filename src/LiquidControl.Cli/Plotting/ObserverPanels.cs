using LiquidControl.Training;
using LiquidControl.Training.Observing;

namespace LiquidControl.Cli.Plotting;

/// <summary>The diagrams of an observer experiment: a column a regime, a colour an estimator.</summary>
internal static class ObserverPanels
{
    public static IReadOnlyList<Panel> Of(IReadOnlyList<ObserverRow> rows) =>
    [
        Errors("velocity", "RMS error (mrad/s)", rows, error => error.Velocity),
        Errors("position", "RMS error (mrad)", rows, error => error.Position),
    ];

    private static Panel Errors(string title, string label, IReadOnlyList<ObserverRow> rows, Func<ObserverError, MeanSpread> select) => ColumnPanel.Of(
        title, label, rows[0].Errors.Select(error => $"{error.Regime}"),
        [.. rows.Select(row => (row.Estimator, row.Errors.Select(error => select(error).Mean).ToArray()))]);
}
