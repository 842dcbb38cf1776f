using System.Text.Json;
using Xunit;

namespace LiquidControl.Cli.Tests;

/// <summary>`hil run`: what its options do, and which it refuses; the scenarios themselves are run elsewhere.</summary>
public sealed class HilRunCommandTests : IDisposable
{
    private const string Slept = """
        name = "A loop that is late for a moment"

        [given]
        duration_s = 0.2

        [[when]]
        at_s = 0.1
        fault = "loop-late"
        ms = 3

        [then]
        state = "Active"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--without", "supply")]
    [InlineData("--speed", "2")]
    public async Task What_the_daemon_cannot_be_told_is_refused_beside_nodes(string option, string value)
    {
        string error = (await CliRun.Of("hil", "run", Scenario(), "--nodes", option, value)).AssertBadInput();
        Assert.Contains($"{option}: found it beside --nodes", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scenarios_that_only_lockstep_can_run_are_named_with_the_reason_and_refused_where_none_is_left()
    {
        string file = Scenario();
        var run = await CliRun.Of("hil", "run", file, "--nodes");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains($"{file}: left out, in lockstep only: found loop-late", run.Error, StringComparison.Ordinal);
        Assert.Contains("found no scenario for --nodes", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scenarios_in_lockstep_keep_to_the_speed_that_was_asked_for_and_write_a_report()
    {
        string file = Scenario(), report = Path.Combine(_folder, "report");
        var run = await CliRun.Of("hil", "run", file, file, "--speed", "4", "--json", "--report", report);
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        using var rows = JsonDocument.Parse(run.Output);
        Assert.Equal(2, rows.RootElement.GetArrayLength());
        foreach (JsonElement row in rows.RootElement.EnumerateArray())
        {
            Assert.InRange(row.GetProperty("realTimeFactor").GetDouble(), 0.0, 4.0);
            Assert.Equal(16, row.GetProperty("stateHash").GetString()!.Length);
            Assert.Equal(JsonValueKind.Null, row.GetProperty("attempts").ValueKind);
        }

        string[] names = [.. Directory.EnumerateFiles(report).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        Assert.Equal(["001-slept.svg", "002-slept.svg", "index.html", "junit.xml"], names);
    }

    private string Scenario()
    {
        string file = Path.Combine(_folder, "slept.toml");
        File.WriteAllText(file, Slept);
        return file;
    }
}
