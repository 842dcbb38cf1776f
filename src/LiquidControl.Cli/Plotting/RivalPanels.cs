using LiquidControl.Cli.Reports;
using LiquidControl.Training;

namespace LiquidControl.Cli.Plotting;

/// <summary>The diagrams of the rivals' table: a column a scenario, a colour a controller.</summary>
internal static class RivalPanels
{
    /// <param name="rows">The controllers of one scenario after those of the other, always in the same order.</param>
    public static IReadOnlyList<Panel> Of(IReadOnlyList<RivalRow> rows) =>
    [
        Errors("path", "tool's distance from the path, p95 (mm)", rows, row => row.PathP95Mm),
        Errors("final", "tool's distance from the goal, p95 (mm)", rows, row => row.FinalP95Mm),
    ];

    private static Panel Errors(string title, string label, IReadOnlyList<RivalRow> rows, Func<RivalRow, MeanSpread> select) => ColumnPanel.Of(
        title, label, rows.Select(row => row.Scenario).Distinct(),
        [.. rows.GroupBy(row => row.Controller).Select(controller => (controller.Key, controller.Select(row => select(row).Mean).ToArray()))]);
}
