using System.Text.Json;
using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class PredictCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_predictor_is_trained_shown_asked_and_compared()
    {
        string robot = CopyRobot("ar4-dc"), plot = Path.Combine(_root, "loss.svg");
        string missing = (await CliRun.Of("predict", "place", "--robot", robot)).AssertBadInput();
        Assert.Contains("predictor.safetensors: there is no such file, expected a trained network. Make it with `liquidcontrol train predict --robot ar4-dc`", missing, StringComparison.Ordinal);

        var train = await CliRun.Of("train", "predict", "--robot", robot, "--episodes", "3", "--seed", "3", "--json", "--plot", plot);

        Assert.True(train.ExitCode == 0, train.Error);
        Assert.Contains("collecting with ct-eso", train.Error, StringComparison.Ordinal);
        Assert.Contains("training, epoch 2 of", train.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(plot));
        string file = Path.Combine(robot, "predictor.safetensors");
        using (var json = JsonDocument.Parse(train.Output)) Assert.Equal(file, json.RootElement.GetProperty("file").GetString());
        var info = await CliRun.Of("model", "info", file);
        Assert.Contains("liquidcontrol train predict --robot ar4-dc --seed 3 --episodes 3", info.Output, StringComparison.Ordinal);
        var again = await CliRun.Of("train", "predict", "--robot", robot, "--episodes", "3", "--seed", "3", "--output", Path.Combine(_root, "again.safetensors"));
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(await Bytes(file), await Bytes(Path.Combine(_root, "again.safetensors")));

        string comparison = Path.Combine(_root, "horizon.svg");
        var eval = await CliRun.Of("eval", "predict", "--robot", robot, "--episodes", "1", "--json", "--plot", comparison);
        Assert.True(eval.ExitCode == 0, eval.Error);
        Assert.True(File.Exists(comparison));
        using (var json = JsonDocument.Parse(eval.Output))
        {
            var errors = json.RootElement.GetProperty("errors").EnumerateArray().ToArray();
            Assert.Equal(2 * 7 * 6, errors.Length);
            Assert.Equal(["perturbed", "payload"], errors.Select(row => row.GetProperty("scenario").GetString()).Distinct());
            Assert.Equal(
                ["CfC", "RK4, own model", "law's error dynamics", "plan", "constant velocity", "constant acceleration", "RK4, true parameters"],
                errors.Select(row => row.GetProperty("forecast").GetString()).Distinct());
            Assert.All(errors, row => Assert.InRange(row.GetProperty("positionRmsMrad").GetDouble(), 1e-3, 1e6));
            Assert.All(json.RootElement.GetProperty("times").EnumerateArray(), time => Assert.Equal(0.0, time.GetProperty("bytesPerQuery").GetDouble()));
        }
    }

    [Fact]
    public async Task The_shipped_predictor_tells_a_move_under_a_payload_nearer_than_the_plan_and_the_same_every_time()
    {
        string plot = Path.Combine(_root, "predict.svg");
        string[] call = ["predict", "place", "--payload", "0.5", "--at", "0.15", "--json", "--plot", plot];

        var first = await CliRun.Of(call);
        var second = await CliRun.Of(call);

        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Equal(first.Output, second.Output);
        Assert.Contains("tool error", await File.ReadAllTextAsync(plot, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(first.Output);
        double[] horizons = Numbers(json, "horizons"), cfc = Numbers(json, "toolErrorMm"), plan = Numbers(json, "planToolErrorMm");
        Assert.Equal((101, 0.0, 1.0), (horizons.Length, horizons[0], horizons[^1]));
        Assert.Equal(6, json.RootElement.GetProperty("positions")[50].GetArrayLength());
        Assert.InRange(cfc.Average(), 0.0, 0.8 * plan.Average());
    }

    [Fact]
    public async Task The_table_is_plain_text_when_it_is_redirected()
    {
        var run = await CliRun.Of("predict", "ready");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("horizon", run.Output, StringComparison.Ordinal);
        Assert.Contains("0.05 s", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Theory]
    [InlineData("pose: found 'plaice', expected a pose of ar4-dc: home, ready, pick, place. Did you mean place?", "predict plaice")]
    [InlineData("--from: found 'nowhere', expected a pose of ar4-dc", "predict place --from nowhere")]
    [InlineData("--at: found 50, expected a time within the move from home to place, 0 to", "predict place --at 50")]
    [InlineData("--at: found -1, expected a time of 0 to 60 s", "predict place --at -1")]
    [InlineData("--payload: found 500, expected a mass of 0 to 100 kg", "predict place --payload 500")]
    [InlineData("--plot: found x.jpg, expected a file name ending in .png or .svg", "predict place --plot x.jpg")]
    [InlineData("predictor: found nothing, expected a trained network. Name one there, or choose another robot.", "predict home --robot ur5e")]
    [InlineData("predictor: found nothing, expected a trained network", "eval predict --robot ur5e")]
    [InlineData("--episodes: found '0', expected a whole number from 1", "eval predict --episodes 0")]
    [InlineData("names no predictor. Give a file.", "train predict --robot ur5e")]
    [InlineData("expected a file name ending in .safetensors", "train predict --output x.bin")]
    [InlineData("--output: there is no directory", "train predict --output /no/such/place.safetensors")]
    public async Task A_bad_option_is_refused_by_name(string message, string arguments)
    {
        Assert.Contains(message, (await CliRun.Of(arguments.Split(' '))).AssertBadInput(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_predicts_nothing_is_refused_by_its_first_wrong_feature()
    {
        string robot = CopyRobot("ar4-dc");
        string policy = Path.Combine(AppContext.BaseDirectory, "firmware-config", "robots", "ar4-dc", "policy.safetensors");
        File.Copy(policy, Path.Combine(robot, "predictor.safetensors"));

        foreach (string command in (string[])["predict place", "eval predict"])
        {
            string error = (await CliRun.Of([.. command.Split(' '), "--robot", robot])).AssertBadInput();
            Assert.Contains("features, place 1: found 'position_1', expected 'tracking_error_1'", error, StringComparison.Ordinal);
        }
    }

    private static async Task<byte[]> Bytes(string file) => await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

    private static double[] Numbers(JsonDocument json, string name) =>
        [.. json.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

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
