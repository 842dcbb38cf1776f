using System.Text.Json;
using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class MoveCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("ar4-dc")]
    [InlineData("ur5e")]
    public async Task Home_to_place_is_reached_through_the_whole_loop(string robot)
    {
        var run = await CliRun.Of("move", "place", "--robot", robot, "--controller", "ct-eso", "--payload", "0.5", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Output);
        Assert.True(json.RootElement.GetProperty("reached").GetBoolean());
        Assert.Equal(robot, json.RootElement.GetProperty("robot").GetString());
        Assert.InRange(json.RootElement.GetProperty("finalPositionErrorMm").GetDouble(), 0.0, 1.0);
        Assert.Equal(0, json.RootElement.GetProperty("allocatedBytes").GetInt64());
        Assert.True(json.RootElement.GetProperty("cycles").GetInt64() > 500);
    }

    [Fact]
    public async Task Json_is_one_object_with_the_promised_fields()
    {
        string[] promised =
        [
            "reached", "robot", "controller", "finalPositionErrorMm", "finalOrientationErrorMrad", "pathErrorMaxMm", "settleMs", "cycles",
            "lateCycles", "droppedCycles", "allocatedBytes", "slowestCycleUs", "limiterInterventions", "stateHash", "realTimeFactor",
        ];

        var run = await CliRun.Of("move", "ready", "--controller", "ct-eso", "--json");

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(promised, json.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal("ct-eso", json.RootElement.GetProperty("controller").GetString());
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        async Task<string> Hash(string seed)
        {
            var run = await CliRun.Of("move", "ready", "--controller", "ct-eso", "--seed", seed, "--json");
            using var json = JsonDocument.Parse(run.Output);
            return json.RootElement.GetProperty("stateHash").GetString()!;
        }

        string first = await Hash("7");

        Assert.Equal(first, await Hash("7"));
        Assert.NotEqual(first, await Hash("8"));
    }

    [Fact]
    public async Task A_controller_that_misses_the_goal_gives_exit_code_1_and_says_so()
    {
        var run = await CliRun.Of("move", "place", "--controller", "pd", "--payload", "1.5");

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Contains("NOT reached", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_is_reached_with_and_without_an_orientation_and_joints_by_their_angles()
    {
        string[][] goals = [["--xyz", "0.25", "-0.30", "0.20", "--rpy", "180", "0", "0"], ["--xyz", "0.25,-0.30,0.20"], ["--joints", "-20", "20", "10", "15", "30", "-10"]];
        foreach (string[] goal in goals)
        {
            var run = await CliRun.Of(["move", .. goal, "--controller", "ct-eso", "--from", "ready"]);

            Assert.True(run.ExitCode == 0, $"{string.Join(' ', goal)}: {run.Output}{run.Error}");
            Assert.Contains("Goal reached.", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_picture_is_written_where_it_is_asked_for()
    {
        string svg = Path.Combine(_folder, "move.svg");

        var run = await CliRun.Of("move", "ready", "--controller", "ct-eso", "--plot", svg);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(svg, run.Output, StringComparison.Ordinal);
        Assert.Contains("Network residual", File.ReadAllText(svg), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exactly one of a pose, --joints and --xyz", "")]
    [InlineData("exactly one of a pose, --joints and --xyz", "place --xyz 0 0 0.5")]
    [InlineData("found 'plaec', expected a pose of ar4-dc: home, ready, pick, place. Did you mean place?", "plaec")]
    [InlineData("--from: found 'nowhere', expected a pose of ar4-dc", "place --from nowhere")]
    [InlineData("--joints: found 3 numbers, expected 6 for ar4-dc", "--joints 1 2 3")]
    [InlineData("--joints: found 'nan', expected", "--joints 1 2 nan 4 5 6")]
    [InlineData("--joints: found 'ten', expected", "--joints ten 2 3 4 5 6")]
    [InlineData("--joints: joint_2: found 95 degrees, expected -42 to 90", "--joints 0 95 0 0 0 0")]
    [InlineData("outside the workspace of ar4-dc", "--joints 0 90 52 0 0 0")]
    [InlineData("--xyz: found 'NaN', expected", "--xyz 0.1 NaN 0.2")]
    [InlineData("--xyz: found 'Infinity', expected", "--xyz 0.1 Infinity 0.2")]
    [InlineData("--xyz: found '1e400', expected", "--xyz 0.1 1e400 0.2")]
    [InlineData("--xyz: found 2 numbers, expected x y z in m", "--xyz 0.1 0.2")]
    [InlineData("out of reach. The nearest the tool gets is", "--xyz 0.5 -0.5 0.3")]
    [InlineData("beyond its limits of", "--xyz 0.02 0.0 0.30")]
    [InlineData("outside the workspace of ar4-dc", "--xyz 5 0 0.3")]
    [InlineData("--rpy: found without --xyz", "place --rpy 0 0 0")]
    [InlineData("--rpy: found 'nan', expected", "--xyz 0.2 -0.3 0.2 --rpy 0 nan 0")]
    [InlineData("--payload: found 'nan', expected a mass of 0 to 100 kg", "place --payload nan")]
    [InlineData("--payload: found -1, expected a mass of 0 to 100 kg", "place --payload -1")]
    [InlineData("--rate: found 1e9, expected a rate of 50 to 2000 Hz", "place --rate 1e9")]
    [InlineData("--rate: found 0, expected a rate", "place --rate 0")]
    [InlineData("--seed: found '1.5', expected a whole number", "place --seed 1.5")]
    [InlineData("--controller: found 'ct-esso', expected one of liquid, ct-rls, ct-eso, ct-i, ct, pd, end-to-end. Did you mean ct-eso?", "place --controller ct-esso")]
    [InlineData("There is no robot \"ar5\"; known robots: ar4-dc, ur5e", "place --robot ar5")]
    [InlineData("expected a file name ending in .png or .svg", "place --controller ct-eso --plot a.gif")]
    [InlineData("there is no directory", "place --controller ct-eso --plot no/such/a.png")]
    public async Task A_bad_goal_or_option_is_refused_by_name(string message, string arguments)
    {
        string error = (await CliRun.Of(["move", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).AssertBadInput();

        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_robot_without_the_network_that_was_asked_for_says_how_to_get_one()
    {
        string error = (await CliRun.Of("move", "place", "--robot", "ur5e", "--controller", "liquid")).AssertBadInput();

        Assert.Contains("ct-eso", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_move_stops_with_the_shells_exit_code()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        int code = await CommandLine.RunAsync(["move", "place", "--controller", "ct-eso"], new Terminal(output, error, isInteractive: false), cancelled.Token);

        Assert.Equal((130, ""), (code, output.ToString()));
    }
}
