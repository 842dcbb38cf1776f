using System.Text.Json;
using Xunit;

namespace LiquidControl.Benchmarks.Tests;

/// <summary>A campaign as a job array on a cluster of one node.</summary>
public sealed class SlurmTests
{
    private const string Scenarios = "40";

    [Fact]
    public void A_campaign_of_eight_tasks_is_the_same_as_one_run_here()
    {
        Need.Slurm();
        using SlurmCluster cluster = new();
        string folder = cluster.In("campaign");
        string program = Path.Combine(AppContext.BaseDirectory, "liquidcontrol.dll");
        var submitted = cluster.Run("dotnet", program, "hil", "campaign", "--scenarios", Scenarios, "--seed", "5", "--slurm", "8", "--folder", folder);
        Assert.True(submitted.ExitCode == 0, submitted.Error);
        cluster.AwaitJobs();
        string[] parts = Directory.GetFiles(folder, "part-*.jsonl");
        Assert.True(parts.Length == 8, string.Join('\n', Directory.GetFiles(folder, "*.log").Select(File.ReadAllText)));

        var collected = cluster.Run("dotnet", [program, "hil", "collect", "--json", .. parts]);
        var here = cluster.Run("dotnet", program, "hil", "campaign", "--scenarios", Scenarios, "--seed", "5", "--json");
        Assert.Equal(40, JsonDocument.Parse(collected.Output).RootElement.GetProperty("scenarios").GetInt32());
        Assert.Equal(here.Output, collected.Output);
        Assert.Equal(here.ExitCode, collected.ExitCode);
    }
}
