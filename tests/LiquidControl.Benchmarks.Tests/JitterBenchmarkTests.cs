using System.Text.Json;
using LiquidControl.Cli;
using Xunit;

namespace LiquidControl.Benchmarks.Tests;

/// <summary>The whole of `bench jitter`: the daemon compiled ahead of time, the reference in C and the allocating process; not its times.</summary>
public sealed class JitterBenchmarkTests
{
    [Fact]
    public async Task The_command_measures_the_daemon_compiled_ahead_of_time_beside_the_reference()
    {
        Need.Tools("gcc");
        string picture = Path.Combine(Path.GetTempPath(), $"jitter-{Guid.NewGuid():N}.svg");
        using StringWriter output = new(), error = new();
        try
        {
            int code = await Cli.CommandLine.RunAsync(
                ["bench", "jitter", "--seconds", "0.5", "--rate", "500", "--bus-faults", "--control", "--json", "--plot", picture],
                new Terminal(output, error, isInteractive: false), TestContext.Current.CancellationToken);

            Assert.True(code is ExitCode.Ok or ExitCode.Missed, error.ToString());
            JsonElement report = JsonDocument.Parse(output.ToString()).RootElement;
            Assert.Equal(0, report.GetProperty("allocatedBytes").GetInt64());
            Assert.InRange(report.GetProperty("cycles").GetInt32(), 1, 250);
            Assert.True(report.GetProperty("isNative").GetBoolean());
            Assert.True(report.GetProperty("busFaults").GetInt64() > 0);
            Assert.True(report.GetProperty("referenceMaxUs").GetDouble() > 0.0);
            Assert.True(report.GetProperty("worstRatioToReference").GetDouble() > 0.0);
            Assert.Equal(JsonValueKind.Number, report.GetProperty("controlUnexplainedMisses").ValueKind);
            JsonElement beside = report.GetProperty("allocation");
            Assert.True(beside.GetProperty("allocatedMb").GetDouble() > 10.0);
            Assert.True(beside.GetProperty("recordsRead").GetInt64() > 0);
            Assert.Equal(0, beside.GetProperty("recordsCorrupt").GetInt64());
            Assert.NotEmpty(report.GetProperty("verdict").GetString()!);
            Assert.Contains("<svg", await File.ReadAllTextAsync(picture, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(picture);
        }
    }
}
