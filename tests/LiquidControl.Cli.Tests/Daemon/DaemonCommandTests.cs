using System.Globalization;
using System.Text.Json;
using LiquidControl.Hosting;
using LiquidControl.Service.Tests;
using Xunit;

namespace LiquidControl.Cli.Tests.Daemon;

/// <summary>The commands that speak to a daemon, each against a real one with an emulated arm.</summary>
public sealed class DaemonCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    private string Socket => RunningDaemon.SocketIn(_folder);

    private string Ring => RunningDaemon.RingIn(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_move_through_the_daemon_is_seen_by_every_command()
    {
        using var daemon = Start();
        using (var status = await Json("service", "status", "--socket", Socket))
            Assert.Equal(("Inactive", "free", daemon.Id), (Word(status, "state"), Word(status, "control"), status.RootElement.GetProperty("process").GetInt32()));
        Assert.Contains("No cycle yet", (await CliRun.Of("watch", "--ring", Ring)).Output, StringComparison.Ordinal);
        string refused = (await Move("place")).AssertBadInput();
        Assert.Contains("found the state Inactive, expected Active", refused, StringComparison.Ordinal);
        Assert.Contains("liquidcontrol service activate", refused, StringComparison.Ordinal);

        using (var move = Parse(await Move("place", "--activate", "--json")))
        {
            Assert.True(move.RootElement.GetProperty("reached").GetBoolean());
            Assert.InRange(move.RootElement.GetProperty("finalPositionErrorMm").GetDouble(), 1e-6, 1.0);
            Assert.InRange(move.RootElement.GetProperty("pathErrorMaxMm").GetDouble(), 1e-6, 5.0);
            Assert.InRange(move.RootElement.GetProperty("cycles").GetInt64(), 500, 2000);
            Assert.Equal(0, move.RootElement.GetProperty("missingRecords").GetInt64());
            Assert.Equal(("Active", "None"), (Word(move, "state"), Word(move, "faults")));
        }

        double[] place = RobotConfiguration.Load(RobotCatalog.Find("ar4-dc")).Arm.Poses["place"];
        using (var watch = await Json("watch", "--ring", Ring, "--once"))
        {
            Assert.Equal(("Active", "Hold", "writing"), (Word(watch, "state"), Word(watch, "phase"), Word(watch, "writer")));
            double[] stands = [.. watch.RootElement.GetProperty("joints").EnumerateArray().Select(joint => joint.GetProperty("positionRad").GetDouble())];
            Assert.All(stands.Zip(place), pair => Assert.Equal(pair.Second, pair.First, 0.005));
            Assert.InRange(watch.RootElement.GetProperty("cycleTime").GetProperty("p50Us").GetDouble(), 0.1, 2000.0);
        }

        Assert.Contains("Goal reached.", (await Move("home")).Output, StringComparison.Ordinal);
        Assert.Contains("Active, Hold, faults None.", (await CliRun.Of("service", "hold", "--socket", Socket)).Output, StringComparison.Ordinal);
        Assert.Contains("Inactive", (await CliRun.Of("service", "deactivate", "--socket", Socket)).Output, StringComparison.Ordinal);
        using (var stop = await Json("service", "stop", "--socket", Socket))
            Assert.Equal((true, daemon.Id), (stop.RootElement.GetProperty("ended").GetBoolean(), stop.RootElement.GetProperty("process").GetInt32()));
        Assert.Equal(0, daemon.End().ExitCode);
        Assert.Contains("found no socket, expected that of a running liquidcontrold", (await CliRun.Of("service", "status", "--socket", Socket)).AssertBadInput(), StringComparison.Ordinal);
        await TheBlackBoxHoldsTheWholeRing();
    }

    [Fact]
    public async Task A_daemon_killed_in_motion_leaves_a_black_box_and_a_latch_that_every_command_names()
    {
        int killedProcess;
        using (var killed = Start())
        {
            killedProcess = killed.Id;
            Assert.Equal(0, (await Move("place", "--activate")).ExitCode);
            killed.Kill();
        }

        Assert.Contains("nobody listens there", (await CliRun.Of("service", "status", "--socket", Socket)).AssertBadInput(), StringComparison.Ordinal);
        using (var watch = await Json("watch", "--ring", Ring))
            Assert.Equal(("died", true, "Active"), (Word(watch, "writer"), watch.RootElement.GetProperty("isStale").GetBoolean(), Word(watch, "state")));
        string box = (await CliRun.Of("blackbox", "--ring", Ring, "--plot", Path.Combine(_folder, "box.svg"))).Output;
        Assert.Contains("ended without stopping the arm, in the state Active", box, StringComparison.Ordinal);
        Assert.Contains("service clear", box, StringComparison.Ordinal);
        Assert.Contains("tracking error", File.ReadAllText(Path.Combine(_folder, "box.svg")), StringComparison.Ordinal);

        using var next = Start();
        string latch = "ended without stopping the arm";
        using (var status = await Json("service", "status", "--socket", Socket)) Assert.Contains(latch, Word(status, "latch"), StringComparison.Ordinal);
        using (var after = await Json("blackbox", "--ring", Ring))
        {
            Assert.Contains(latch, Word(after, "latch"), StringComparison.Ordinal);
            using var left = await Json("blackbox", "--ring", Word(after, "leftByDied")!);
            Assert.Equal(("died", "Active", killedProcess), (Word(left, "writer"), Word(left, "state"), left.RootElement.GetProperty("process").GetInt32()));
        }

        Assert.Contains(latch, (await CliRun.Of("service", "activate", "--socket", Socket)).AssertBadInput(), StringComparison.Ordinal);
        Assert.Contains(latch, (await Move("place", "--activate")).AssertBadInput(), StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.Of("service", "clear", "--socket", Socket)).ExitCode);
        Assert.Contains("Active", (await CliRun.Of("service", "activate", "--socket", Socket)).Output, StringComparison.Ordinal);
        using var stop = await Json("service", "stop", "--socket", Socket, "--now");
        Assert.Equal("Active", Word(stop, "stateBefore"));
        Assert.Equal(0, next.End().ExitCode);
    }

    [Fact]
    public async Task Ctrl_C_holds_the_arm_and_a_stop_by_somebody_else_ends_the_move_with_its_fault()
    {
        using var daemon = Start();
        using var person = daemon.Connect();
        Assert.Equal("ok", person.Ask("activate"));

        using var pressed = new CancellationTokenSource();
        using var output = new StringWriter();
        var cancelled = Task.Run(() => CommandLine.RunAsync([.. MoveWords("place")], new Terminal(output, output, isInteractive: false), pressed.Token));
        person.Await("phase", "Move");
        await pressed.CancelAsync();
        Assert.Equal((ExitCode.Cancelled, "Stopped.\n"), (await cancelled, output.ToString()));
        Assert.Equal(("Active", "Hold", "None", "free"), (person.Status("state"), person.Status("phase"), person.Status("faults"), person.Status("control")));
        var (description, records) = RunningDaemon.Records(Ring);
        var phase = description.Fields.Single(field => field.Name == "phase");
        Assert.Contains(records, record => phase.Text(record) == "Brake");

        var stopped = Task.Run(() => Move("place", "--json"));
        person.Await("phase", "Move");

        // On a busy machine the arm may have arrived meanwhile; control is given back later.
        Assert.Matches("in the phase Move, expected Hold|another connection has control", (await Move("ready")).AssertBadInput());
        Assert.Equal("ok", person.Ask("stop"));
        var run = await stopped;
        Assert.Equal(ExitCode.Missed, run.ExitCode);
        Assert.Contains("Fault: OperatorStop. The arm is Stopped.", run.Error, StringComparison.Ordinal);
        using (var json = JsonDocument.Parse(run.Output))
            Assert.Equal((false, "OperatorStop"), (json.RootElement.GetProperty("reached").GetBoolean(), Word(json, "faults")));
        Assert.Contains("found the state Stopped because of OperatorStop", (await Move("home")).AssertBadInput(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--payload: found with --daemon", "place --daemon --payload 0.5")]
    [InlineData("--from: found with --daemon", "place --daemon --from ready")]
    [InlineData("--activate: found without --daemon", "place --activate")]
    [InlineData("--socket: found without --daemon", "place --socket x")]
    [InlineData("no/such/socket: found no socket", "place --daemon --socket no/such/socket")]
    [InlineData("expected a file name ending in .png or .svg", "place --daemon --plot a.gif")]
    public async Task What_does_not_go_together_is_refused_by_name(string message, string arguments) =>
        Assert.Contains(message, (await CliRun.Of(["move", .. arguments.Split(' ')])).AssertBadInput(), StringComparison.Ordinal);

    /// <summary>Every record a row, every field a column with its unit, and the numbers those of the ring.</summary>
    private async Task TheBlackBoxHoldsTheWholeRing()
    {
        string csv = Path.Combine(_folder, "box.csv");
        using var box = await Json("blackbox", "--ring", Ring, "--csv", csv);
        var (description, records) = RunningDaemon.Records(Ring);
        string[] lines = File.ReadAllLines(csv), header = lines[0].Split(',');
        Assert.Equal(["record", .. description.Fields.Select(field => field.Unit.Length == 0 ? field.Title : $"{field.Title} ({field.Unit})")], header);
        Assert.Equal(records.Count, lines.Length - 1);
        Assert.Equal(records.Count, box.RootElement.GetProperty("records").GetInt32());
        Assert.Equal(("ended", "Inactive"), (Word(box, "writer"), Word(box, "state")));
        int column = Array.IndexOf(header, "position_2 (rad)");
        var position = description.Fields.Single(field => field.Title == "position_2");
        Assert.All(lines.Skip(1).Zip(records), pair => Assert.Equal(
            position.Number(pair.Second), double.Parse(pair.First.Split(',')[column], CultureInfo.InvariantCulture)));
        using var last = await Json("blackbox", "--ring", Ring, "--seconds", "0.5");
        Assert.Equal(251, last.RootElement.GetProperty("records").GetInt32());
    }

    /// <summary>With a lease that outlasts a machine that does many things at once.</summary>
    private RunningDaemon Start()
    {
        string usual = RobotCatalog.Find("ar4-dc"), patient = Path.Combine(_folder, "robot.toml");
        string urdf = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(usual))!, "../../../hardware/arms/ar4-dc/ar4-dc.urdf"));
        File.WriteAllText(
            patient, File.ReadAllText(usual).Replace("../../../hardware/arms/ar4-dc/ar4-dc.urdf", urdf, StringComparison.Ordinal) + "\n[controller]\nsetpoint_silent_ms = 1000\n");
        return new(_folder, robot: patient);
    }

    private Task<CliRun> Move(params string[] words) => CliRun.Of([.. MoveWords(words)]);

    private IEnumerable<string> MoveWords(params string[] words) => ["move", .. words, "--daemon", "--socket", Socket, "--ring", Ring];

    private static async Task<JsonDocument> Json(params string[] words) => Parse(await CliRun.Of([.. words, "--json"]));

    private static JsonDocument Parse(CliRun run)
    {
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return JsonDocument.Parse(run.Output);
    }

    private static string? Word(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetString();
}
