using System.Text.Json;
using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class ObserverCommandTests : IDisposable
{
    private const string Short = "eval observer --moves 8 --test-moves 2 --epochs 1 --trainings 2";

    private readonly string _root = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Estimators_are_compared_drawn_and_printed_as_one_value()
    {
        string plot = Path.Combine(_root, "observer.svg");
        var run = await Run($"{Short} --seed 3 --json --plot {plot}");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("recording 10 moves", run.Error, StringComparison.Ordinal);
        Assert.Contains("half", await File.ReadAllTextAsync(plot, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Output);
        var report = json.RootElement;
        Assert.Equal((8, 2, 2, 1, 3), (
            Number(report, "trainingMoves"), Number(report, "testMoves"), Number(report, "trainings"), Number(report, "epochs"), Number(report, "seed")));
        Assert.InRange(report.GetProperty("velocityScale").GetDouble(), 100.0, 2000.0);
        var rows = report.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(
            ["kalman filter", "cfc, timespans", "cfc, both", "cfc, dt input", "cfc, no time", "gru, dt input", "gru, no time"],
            rows.Select(row => row.GetProperty("estimator").GetString()));
        foreach (var row in rows)
        {
            var errors = row.GetProperty("errors").EnumerateArray().ToArray();
            Assert.Equal(
                ["irregular", "regular", "drops", "gaps", "half", "double"], errors.Select(error => error.GetProperty("regime").GetString()));
            Assert.All(errors, error => Assert.InRange(error.GetProperty("velocity").GetProperty("mean").GetDouble(), 1.0, 5000.0));
            Assert.All(errors, error => Assert.InRange(error.GetProperty("position").GetProperty("spread").GetDouble(), 0.0, 100.0));
        }

        Assert.InRange(rows[0].GetProperty("errors")[0].GetProperty("velocity").GetProperty("mean").GetDouble(), 1.0, 30.0);
        Assert.Equal(2 * (rows.Length - 1), report.GetProperty("verdicts").GetArrayLength());
    }

    [Fact]
    public async Task The_table_says_in_words_what_time_is_worth()
    {
        var run = await Run("eval observer --moves 8 --test-moves 2 --epochs 1 --trainings 1");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("velocity error, mrad/s RMS over the queries of 2 moves", run.Output, StringComparison.Ordinal);
        Assert.Contains("Position error, mrad RMS", run.Output, StringComparison.Ordinal);
        Assert.Contains("Knowing the time at all cannot be told by a single training", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--moves: found '7', expected a whole number from 8", "--moves 7")]
    [InlineData("--epochs: found '0', expected a whole number from 1", "--epochs 0")]
    [InlineData("--trainings: found 'x', expected a whole number from 1 to 100", "--trainings x")]
    [InlineData("--plot: found x.jpg, expected a file name ending in .png or .svg", "--plot x.jpg")]
    [InlineData("--robot: found ur5e with 6 joints and 0 current sensors", "--robot ur5e")]
    public async Task A_bad_option_is_refused_by_name(string message, string arguments) =>
        Assert.Contains(message, (await Run($"eval observer {arguments}")).AssertBadInput(), StringComparison.Ordinal);

    private static Task<CliRun> Run(string arguments) => CliRun.Of(arguments.Split(' '));

    private static int Number(JsonElement report, string name) => report.GetProperty(name).GetInt32();
}
