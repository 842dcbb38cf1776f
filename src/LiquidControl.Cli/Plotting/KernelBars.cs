using LiquidControl.Cli.Reports;

namespace LiquidControl.Cli.Plotting;

/// <summary>The bars of `bench kernel`: a group a size.</summary>
internal static class KernelBars
{
    private const string OursColour = "#3b76c4";
    private const string OthersColour = "#9fb8d8";
    private const string YardstickColour = "#e0913a";

    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["a"] = "a: 19 units, 8 inputs",
        ["b"] = "b: 64 units, 16 inputs, backbone of 64",
        ["c"] = "c: 256 units, 32 inputs, backbone of 128",
        ["ncp-19"] = "ncp-19: wired, 19 neurons, 8 inputs; tuned C steps a",
        ["ncp-32"] = "ncp-32: wired, 32 neurons, 8 inputs; tuned C steps a",
    };

    /// <summary>What a size's name stands for.</summary>
    public static string Describe(string size) => Descriptions.GetValueOrDefault(size, size);

    public static IReadOnlyList<BarGroup> Of(IEnumerable<KernelRow> rows) =>
    [
        .. rows.GroupBy(row => row.Size).Select(size => new BarGroup(
            Describe(size.Key), [.. size.Select(row => new Bar(row.Variant, row.NsMedian, row.NsP99, row.RatioToTunedC, Colour(row)))])),
    ];

    private static string Colour(KernelRow row) =>
        row.Variant.StartsWith("tuned C", StringComparison.Ordinal) ? YardstickColour
        : row.Variant.StartsWith("ours", StringComparison.Ordinal) ? OursColour : OthersColour;
}
