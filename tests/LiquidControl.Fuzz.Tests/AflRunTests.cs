using LiquidControl.Cli;
using LiquidControl.Fuzz.Afl;
using Xunit;

namespace LiquidControl.Fuzz.Tests;

/// <summary>The one command sets everything up: afl-fuzz runs an instrumented reader and sees its branches.</summary>
[Collection(TimedReading.Collection)]
public sealed class AflRunTests : IDisposable
{
    private const int Seconds = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    [Fact]
    public async Task Afl_fuzz_finds_new_branches_of_an_instrumented_reader()
    {
        SkipIfMissing("afl-fuzz");
        string corpus = Directory.CreateDirectory(Path.Combine(_folder, "corpus")).FullName;
        await File.WriteAllTextAsync(Path.Combine(corpus, "start"), "<robot name=\"r\"><link name=\"a\"/></robot>", TestContext.Current.CancellationToken);
        AflRun run = new(FuzzTargets.All.Single(target => target.Name == "urdf"), Path.Combine(_folder, "run"));
        AflStatistics end = await run.FuzzAsync(corpus, Seconds, seed: 1, _ => { }, TestContext.Current.CancellationToken);
        Assert.Empty(run.Crashes);
        Assert.Empty(run.Hangs);
        Assert.True(end.Executions > 50 && end.Edges > 20 && end.Corpus > end.Started, $"{end}");
        Assert.True(run.LargestAllocation > 1000, $"{run.LargestAllocation} bytes");

        string distilled = Path.Combine(_folder, "distilled");
        await run.DistilAsync(distilled, TestContext.Current.CancellationToken);
        Assert.InRange(Directory.GetFiles(distilled).Length, 2, end.Corpus);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Skips the test that asks, naming what is missing; fails it where tools are demanded.</summary>
    private static void SkipIfMissing(string tool)
    {
        try
        {
            AflTool.Find(tool);
        }
        catch (BadInputException missing) when (Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") != "1")
        {
            Assert.Skip(missing.Message);
        }
    }
}
