using System.Text.Json;
using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class TrainAndEvalCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_network_is_trained_shown_driven_and_compared()
    {
        string robot = CopyRobot("ar4-dc");

        var train = await CliRun.Of("train", "arm", "--robot", robot, "--episodes", "2", "--seed", "3", "--evaluate", "0", "--json");

        Assert.True(train.ExitCode == 0, train.Error);
        Assert.Contains("DAgger round 1", train.Error, StringComparison.Ordinal);
        string policy = Path.Combine(robot, "policy.safetensors");
        using (var json = JsonDocument.Parse(train.Output)) Assert.Equal(policy, json.RootElement.GetProperty("file").GetString());

        var info = await CliRun.Of("model", "info", policy);
        Assert.Equal(0, info.ExitCode);
        Assert.Contains("liquidcontrol train arm --robot ar4-dc --role residual --seed 3 --episodes 2", info.Output, StringComparison.Ordinal);

        var move = await CliRun.Of("move", "ready", "--robot", robot, "--json");
        using (var json = JsonDocument.Parse(move.Output)) Assert.Equal("liquid", json.RootElement.GetProperty("controller").GetString());

        var eval = await CliRun.Of("eval", "arm", "--robot", robot, "--controllers", "liquid", "--episodes", "2", "--json");
        using (var json = JsonDocument.Parse(eval.Output))
        {
            Assert.Equal(["liquid", "ct-eso"], json.RootElement.EnumerateArray().Select(row => row.GetProperty("controller").GetString()));
        }
    }

    [Fact]
    public async Task The_rows_have_the_promised_fields_and_the_same_seed_gives_the_same_numbers()
    {
        string[] promised =
        [
            "controller", "scenario", "episodes", "finalP50Mm", "finalP95Mm", "finalMaxMm", "pathP95Mm", "successPercent", "velocityErrorRms",
            "residualRoughness",
        ];
        string[] call = ["eval", "arm", "--controllers", "ct-eso,ct", "--episodes", "3", "--seed", "5", "--scenario", "drops", "--json"];

        var first = await CliRun.Of(call);
        var second = await CliRun.Of(call);

        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Equal(first.Output, second.Output);
        using var json = JsonDocument.Parse(first.Output);
        Assert.Equal(2, json.RootElement.GetArrayLength());
        foreach (var row in json.RootElement.EnumerateArray()) Assert.Equal(promised, row.EnumerateObject().Select(field => field.Name));
        Assert.Equal("drops", json.RootElement[0].GetProperty("scenario").GetString());
    }

    [Fact]
    public async Task The_table_is_plain_text_when_it_is_redirected()
    {
        var run = await CliRun.Of("eval", "arm", "--controllers", "ct-eso", "--episodes", "1", "--scenario", "nominal");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("path p95", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Theory]
    [InlineData("--controllers: found 'ctx'", "eval arm --controllers ct,ctx")]
    [InlineData("--controllers: found nothing", "eval arm --controllers ,")]
    [InlineData("--episodes: found '0', expected a whole number from 1", "eval arm --episodes 0")]
    [InlineData("--scenario: found 'heavi', expected one of nominal, perturbed, payload, heavy, drops, unmodelled. Did you mean heavy?", "eval arm --scenario heavi")]
    [InlineData("simulation.unmodelled: found nothing, expected what the joints of ur5e do", "eval arm --robot ur5e --controllers ct --scenario unmodelled")]
    [InlineData("--output: there is no directory", "train arm --output /no/such/place.safetensors")]
    [InlineData("names no network for this role. Give a file.", "train arm --robot ur5e")]
    [InlineData("--role: found 'boss', expected one of residual, end-to-end", "train arm --role boss")]
    public async Task A_bad_option_is_refused_by_name(string message, string arguments)
    {
        Assert.Contains(message, (await CliRun.Of(arguments.Split(' '))).AssertBadInput(), StringComparison.Ordinal);
    }

    /// <summary>The directory of a copy of a shipped robot, without its networks.</summary>
    private string CopyRobot(string name)
    {
        string[] files = [Path.Combine("firmware-config", "robots", name, "robot.toml"), Path.Combine("hardware", "arms", name, name + ".urdf")];
        foreach (string file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, file))!);
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(_root, file));
        }

        return Path.GetDirectoryName(Path.Combine(_root, files[0]))!;
    }
}
