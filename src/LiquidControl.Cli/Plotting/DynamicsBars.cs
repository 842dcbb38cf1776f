using LiquidControl.Cli.Reports;

namespace LiquidControl.Cli.Plotting;

/// <summary>The bars of `bench dynamics`: a group a function of an arm.</summary>
internal static class DynamicsBars
{
    private const string OursColour = "#3b76c4";
    private const string KdlColour = "#e0913a";

    public static IReadOnlyList<BarGroup> Of(IEnumerable<DynamicsTimeRow> rows) =>
    [
        .. rows.GroupBy(row => (row.Robot, row.Function)).Select(function => new BarGroup(
            $"{function.Key.Robot}, {function.Key.Function}",
            [.. function.Select(row => new Bar(
                row.Variant, row.NsMedian, row.NsP99, row.RatioToKdl, row.Variant == "ours" ? OursColour : KdlColour))])),
    ];
}
