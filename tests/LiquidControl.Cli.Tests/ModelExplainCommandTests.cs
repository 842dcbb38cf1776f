using System.Text.Json;
using LiquidControl.Cli.Explaining;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Neural;
using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class ModelExplainCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("cfc_autoncp_19_1_8in", true)]
    [InlineData("ltc_autoncp_19_1_8in", false)]
    [InlineData("cfc_pure_b0", false)]
    public async Task Shares_add_up_and_neurons_have_the_gates_their_kind_has(string name, bool hasGates)
    {
        string plot = Path.Combine(_folder, "p.svg");
        var run = await CliRun.Of("model", "explain", "--vectors", Golden(name + ".json"), "--sequence", "irregular", "--json", "--plot", plot);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Output);
        Assert.All(json.RootElement.GetProperty("neurons").EnumerateArray(), neuron =>
            Assert.Equal(hasGates, neuron.GetProperty("gate").ValueKind == JsonValueKind.Object));
        Assert.All(json.RootElement.GetProperty("outputs").EnumerateArray(), output =>
            Assert.Equal(1.0, output.GetProperty("inputs").EnumerateArray().Sum(input => input.GetProperty("share").GetDouble()), 1e-9));
        Assert.Contains("Time constant", File.ReadAllText(plot), StringComparison.Ordinal);
    }

    [Fact]
    public void A_recorded_move_is_the_run_of_the_network_on_the_arm()
    {
        var robot = RobotConfiguration.Load(RobotCatalog.Find("ar4-dc"));
        var arm = new SimulatedRobot(robot, ControllerKind.Liquid);
        var recorder = new FeatureRecorder(arm.Policy!);
        double[] home = robot.Arm.Poses["home"], ready = robot.Arm.Poses["ready"];
        arm.Run(home, ready, recorder, TestContext.Current.CancellationToken);
        string file = Path.Combine(_folder, "move.csv");
        RecordingFile.Write(file, recorder.Names, recorder.Rows);

        var model = ModelFile.Load(robot.PolicyPath!);
        var recording = RecordingFile.Read(file, model);
        var states = recording.Run(Network<double>.Create(model.Weights));
        float[] onTheArm = new float[states[^1].Length];
        arm.Policy!.ReadState(onTheArm);

        Assert.True(recording.Inputs.Length > 500);
        // The arm's kernel computes in float.
        for (int i = 0; i < onTheArm.Length; i++) Assert.Equal(states[^1][i], onTheArm[i], 2e-5);
    }

    [Fact]
    public async Task Move_writes_a_recording_that_timeline_reads()
    {
        string file = Path.Combine(_folder, "move.csv");
        var move = await CliRun.Of("move", "ready", "--recording", file, "--json");
        string policy = RobotConfiguration.Load(RobotCatalog.Find("ar4-dc")).PolicyPath!;
        var timeline = await CliRun.Of("model", "timeline", policy, "--recording", file, "--from", "100", "--steps", "5", "--json");

        Assert.Equal(("", ""), (move.Error, timeline.Error));
        Assert.StartsWith("dt,position_1,", File.ReadLines(file).First(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(timeline.Output);
        Assert.Equal(5, json.RootElement.GetProperty("sampleTimes").GetArrayLength());
        Assert.Equal("link_mass_error_1", json.RootElement.GetProperty("outputs")[0].GetString());
    }

    [Theory]
    [InlineData("ur5e", "liquid", "ur5e")]
    [InlineData("ar4-dc", "ct-eso", "--recording")]
    public async Task Without_a_network_there_is_nothing_to_record(string robot, string controller, string named)
    {
        var run = await CliRun.Of("move", "ready", "--robot", robot, "--controller", controller, "--recording", Path.Combine(_folder, "m.csv"));

        Assert.Contains(named, run.AssertBadInput(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x1,x2,x3,x4\n1,2,3,4\n", ":1", "x5")]
    [InlineData("x1,x2,x3,x4,x6\n1,2,3,4,5\n", ":1: column 5", "x6")]
    [InlineData("x1,x2,x3,x4,x4\n1,2,3,4,5\n", ":1: column 5", "twice")]
    [InlineData("dt,x1,x2,x3,x4,x5\n1,1,2,3,4,5\n1,1,2,3,4\n", ":3", "5 columns")]
    [InlineData("dt,x1,x2,x3,x4,x5\n1,1,2,3,4,5\n1,1,2,3,4,five\n", ":3: column x5", "'five'")]
    [InlineData("dt,x1,x2,x3,x4,x5\n1,1,2,3,4,NaN\n", ":2: column x5", "finite")]
    [InlineData("dt,x1,x2,x3,x4,x5\n-1,1,2,3,4,5\n", ":2: column dt", "below zero")]
    [InlineData("dt,x1,x2,x3,x4,x5\n", "no steps", "expected")]
    [InlineData("", "no steps", "expected")]
    public async Task A_bad_recording_is_refused_with_its_place(string text, string place, string found)
    {
        string file = Path.Combine(_folder, "r.csv");
        File.WriteAllText(file, text);

        string error = (await CliRun.Of("model", "explain", Golden("cfc_default_b0.safetensors"), "--recording", file)).AssertBadInput();

        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Contains(place, error, StringComparison.Ordinal);
        Assert.Contains(found, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_may_stand_in_any_order_and_without_dt_a_step_takes_one()
    {
        string file = Path.Combine(_folder, "r.csv");
        File.WriteAllText(file, "x5,x1,x2,x3,x4\n5,1,2,3,4\n");

        var recording = RecordingFile.Read(file, ModelFile.Load(Golden("cfc_default_b0.safetensors")));

        Assert.Equal([1.0, 2.0, 3.0, 4.0, 5.0], recording.Inputs[0]);
        Assert.Equal(1.0, recording.Timespans[0]);
    }

    [Theory]
    [InlineData("model", "explain")]
    [InlineData("model", "explain", "a.safetensors")]
    [InlineData("model", "explain", "a.safetensors", "--vectors", "b.json")]
    [InlineData("model", "explain", "--recording", "a.csv")]
    [InlineData("model", "timeline", "a.safetensors")]
    [InlineData("model", "wiring", "nowhere.safetensors")]
    public async Task Half_a_question_is_bad_input(params string[] args) => (await CliRun.Of(args)).AssertBadInput();

    [Fact]
    public async Task A_timeline_shows_what_two_half_steps_do()
    {
        string plot = Path.Combine(_folder, "t.svg");
        var run = await CliRun.Of("model", "timeline", Golden("cfc_autoncp_19_1_8in.json"), "--sequence", "irregular", "--plot", plot);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("two half steps", run.Output, StringComparison.Ordinal);
        Assert.Contains("two halves", File.ReadAllText(plot), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ltc_autoncp_19_1_8in", "inhibitory")]
    [InlineData("cfc_autoncp_19_1_8in", "synapses")]
    [InlineData("cfc_default_64u_8in", "backbone 1")]
    public async Task Wirings_are_counted_and_drawn(string name, string named)
    {
        string plot = Path.Combine(_folder, "w.svg");
        var run = await CliRun.Of("model", "wiring", Golden(name + ".safetensors"), "--plot", plot);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(named, run.Output, StringComparison.Ordinal);
        Assert.Contains("polyline", File.ReadAllText(plot), StringComparison.Ordinal);
    }

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "golden", name);
}
