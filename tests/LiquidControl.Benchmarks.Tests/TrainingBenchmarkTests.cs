using System.Text.Json;
using LiquidControl.Cli.Benchmarks;
using LiquidControl.Cli.Reports;
using Xunit;

namespace LiquidControl.Benchmarks.Tests;

public sealed class TrainingBenchmarkTests
{
    [Fact]
    public async Task Every_network_is_trained_and_its_rows_are_those_the_command_reads()
    {
        using StringWriter output = new(), error = new();
        string program = Path.Combine(AppContext.BaseDirectory, "LiquidControl.Benchmarks.dll");
        int code = await ChildProcess.RunAsync(
            ChildProcess.Dotnet, [program, "training", "--quick"], AppContext.BaseDirectory, output, error,
            TestContext.Current.CancellationToken);

        Assert.True(code == 0, error.ToString());
        TrainingTimeRow[] rows = JsonSerializer.Deserialize(output.ToString(), ReportJson.Default.TrainingTimeRowArray)!;
        Assert.Equal(["cfc-32", "xor", "ncp-19"], rows.Select(static row => row.Network));
        Assert.All(rows, static row => Assert.InRange(row.SequenceStepsPerSecond, row.Slowest, row.Fastest));
        Assert.All(rows, static row => Assert.True(row is { Threads: 2, Slowest: > 0.0, SequenceStepsPerProcessorSecond: > 0.0 }, $"{row}"));
    }
}
