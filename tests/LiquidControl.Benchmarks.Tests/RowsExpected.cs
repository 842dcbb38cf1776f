using System.Text.Json;
using LiquidControl.Cli.Reports;
using Xunit;

namespace LiquidControl.Benchmarks.Tests;

/// <summary>What must be true of the rows, whoever compiled the program and however short it measured.</summary>
internal static class RowsExpected
{
    private static readonly string[] Sizes = ["a", "b", "c", "ncp-19", "ncp-32"];

    private static readonly string[] Fields =
    [
        "size", "variant", "nsMedian", "nsP99", "nsWorst", "ratioToTunedC", "bytesPerStep", "instructionsPerStep",
        "evaluationsPerStep", "singleSteps",
    ];

    public static void Verify(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.All(document.RootElement.EnumerateArray(), row => Assert.Equal(Fields, row.EnumerateObject().Select(field => field.Name)));
        KernelRow[] rows = document.Deserialize(ReportJson.Default.KernelRowArray)!;
        Assert.Equal(Sizes, rows.Select(row => row.Size).Distinct());
        Assert.Distinct(rows.Select(row => (row.Size, row.Variant)));
        Assert.All(rows, row => Assert.True(row.NsMedian > 0.0 && row.NsMedian <= row.NsP99 && row.NsP99 <= row.NsWorst, $"{row}"));
        Assert.All(Named(rows, "ours"), row => Assert.Equal(0.0, row.BytesPerStep));
        Assert.All(Named(rows, "reference"), row => Assert.Equal(0.0, row.BytesPerStep));
        Assert.All(Named(rows, "LTC"), row => Assert.True(row is { BytesPerStep: 0.0, EvaluationsPerStep: > 6.0 }, $"{row}"));
        Assert.Equal(12, Named(rows, "LTC").Count());
        Assert.All(Named(rows, "ours, LTC"), row => Assert.Equal(6.0, row.EvaluationsPerStep));
        Assert.All(Named(rows, "ours, Vector"), row => Assert.Null(row.EvaluationsPerStep));
        Assert.All(Named(rows, "tuned C"), row => Assert.Equal((1.0, null), (row.RatioToTunedC, row.BytesPerStep)));
        foreach (string size in Sizes) Assert.Contains(Named(rows, "ours"), row => row.Size == size);
        Assert.All(rows.Select(row => row.SingleSteps).OfType<SingleSteps>(), steps => Assert.InRange(steps.P999, steps.P50, steps.Max));
        Assert.Contains(Named(rows, "ours"), row => row.SingleSteps is not null);
    }

    private static IEnumerable<KernelRow> Named(KernelRow[] rows, string start) =>
        rows.Where(row => row.Variant.StartsWith(start, StringComparison.Ordinal));
}
