using LiquidControl.Cli.Reports;

namespace LiquidControl.Cli.Plotting;

/// <summary>A diagram a size: each variant a line of its own, from the median of its rounds to p99, over a logarithmic time.</summary>
internal static class KernelPanels
{
    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["a"] = "a: 19 units, 8 inputs",
        ["b"] = "b: 64 units, 16 inputs, backbone of 64",
        ["c"] = "c: 256 units, 32 inputs, backbone of 128",
        ["ncp-19"] = "ncp-19: wired CfC of 19 neurons, 8 inputs; tuned C is the dense network a",
        ["ncp-32"] = "ncp-32: wired CfC of 32 neurons, 8 inputs; tuned C is the dense network a",
    };

    public static string Describe(string size) => Descriptions.GetValueOrDefault(size, size);

    public static IReadOnlyList<Panel> Of(IEnumerable<KernelRow> rows) => [.. rows.GroupBy(row => row.Size).Select(size => Of(size.Key, [.. size]))];

    private static Panel Of(string size, KernelRow[] rows) => new(
        Describe(size), "ns a step, median to p99 of rounds", "", [.. rows.Select((row, i) => Bar(row, rows.Length - i))], IsLogX: true);

    private static Line Bar(KernelRow row, double height) => new(row.Variant, [row.NsMedian, row.NsP99], [height, height]);
}
