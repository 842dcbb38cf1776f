using System.Text.Json;
using System.Text.RegularExpressions;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Realtime;
using LiquidControl.Service.Tests;
using LiquidControl.Simulation;
using LiquidControl.Telemetry;
using LiquidControl.Telemetry.Mcap;
using Xunit;

namespace LiquidControl.Cli.Tests;

/// <summary>`move --record`, `hil record` and `hil replay`.</summary>
public sealed class RecordingCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_recorded_move_replays_with_the_same_bits_and_can_be_kept()
    {
        string file = await RecordMove("move.mcap"), keep = Directory.CreateDirectory(File("kept")).FullName, csv = File("move.csv");
        var run = await CliRun.Of("hil", "replay", file, "--json", "--keep", keep, "--csv", csv);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var report = JsonDocument.Parse(run.Output);
        Assert.True(report.RootElement.GetProperty("isSame").GetBoolean());
        Assert.Equal(1, report.RootElement.GetProperty("activations").GetInt32());
        long cycles = report.RootElement.GetProperty("cycles").GetInt64();
        Assert.InRange(cycles, 100, 200);
        Assert.Equal(System.IO.File.ReadAllBytes(file), System.IO.File.ReadAllBytes(Path.Combine(keep, "move.mcap")));
        Assert.Equal(cycles + 2, System.IO.File.ReadLines(csv).Count());
        string words = (await CliRun.Of("hil", "replay", file)).Output;
        Assert.Contains("Same bits.", words, StringComparison.Ordinal);
        Assert.Contains(report.RootElement.GetProperty("stateHash").GetString()!, words, StringComparison.Ordinal);
        Assert.Contains("found " + Path.Combine(keep, "move.mcap") + " there already", (await CliRun.Of("hil", "replay", file, "--keep", keep)).AssertBadInput(), StringComparison.Ordinal);
        Assert.Contains("expected a new file", (await CliRun.Of("move", "place", "--record", file)).AssertBadInput(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bit_that_differs_is_named_by_cycle_field_and_joint()
    {
        string file = await RecordMove("move.mcap"), other = File("other.mcap");
        Change(file, other, origin => origin with { UrdfHash = "another" }, cycle: 40, field: "drive_3");
        var run = await CliRun.Of("hil", "replay", other, "--json", "--keep", Directory.CreateDirectory(File("kept")).FullName);
        Assert.Equal(ExitCode.Missed, run.ExitCode);
        Assert.Contains("The URDF has changed since: its hash was another", run.Error, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(run.Output);
        var difference = report.RootElement.GetProperty("difference");
        Assert.Equal((40L, "drive", 3), (difference.GetProperty("cycle").GetInt64(), difference.GetProperty("field").GetString(), difference.GetProperty("joint").GetInt32()));
        Assert.Equal(JsonValueKind.Null, report.RootElement.GetProperty("kept").ValueKind);
        string words = (await CliRun.Of("hil", "replay", other)).Output;
        Assert.Contains("cycle 40 of activation 1: drive of joint 3: recorded ", words, StringComparison.Ordinal);
        Assert.Contains("NOT the same bits.", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_was_cut_off_is_replayed_as_far_as_it_goes()
    {
        string file = await RecordMove("move.mcap");
        byte[] bytes = System.IO.File.ReadAllBytes(file);
        System.IO.File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
        var run = await CliRun.Of("hil", "replay", file);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("cut off", run.Output, StringComparison.Ordinal);
        System.IO.File.WriteAllBytes(file, bytes[..100]);
        Assert.Contains("the file was cut off before them", (await CliRun.Of("hil", "replay", file)).AssertBadInput(), StringComparison.Ordinal);
        bytes[bytes.Length / 2] ^= 1;
        System.IO.File.WriteAllBytes(file, bytes);
        Assert.Contains("found a chunk with the checksum", (await CliRun.Of("hil", "replay", file)).AssertBadInput(), StringComparison.Ordinal);
        Assert.Contains("found no such file, expected a recording", (await CliRun.Of("hil", "replay", File("none.mcap"))).AssertBadInput(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/zero", "ct-eso", "found a recording of the robot '/dev/zero', expected one of ar4-dc, ")]
    [InlineData("pluto", "ct-eso", "found a recording of the robot 'pluto', expected one of ar4-dc, ")]
    [InlineData("ar4-dc", "magic", "found a recording of the controller 'magic', expected one of liquid, ")]
    [InlineData("ur5e", "ct-eso", "found a recording of ur5e with 7 joints, expected one of ur5e with 6")]
    public async Task A_recording_of_something_else_is_refused_at_its_byte(string robot, string controller, string words)
    {
        string file = Recording(origin => origin with { Robot = robot, Controller = controller, Joints = 7 }, _ => true);
        string error = (await CliRun.Of("hil", "replay", file)).AssertBadInput();
        Assert.Matches($"^error: {Regex.Escape(file)}: byte [1-9][0-9]+: {Regex.Escape(words)}", error);
    }

    [Fact]
    public async Task What_is_no_recording_or_one_of_another_release_is_refused()
    {
        string file = Recording(origin => origin, _ => true);
        Assert.Contains("found a recording of ar4-dc with 6 joints, expected one of ur5e with 6", (await CliRun.Of("hil", "replay", file, "--robot", "ur5e")).AssertBadInput(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Missed, (await CliRun.Of("hil", "replay", file)).ExitCode);
        string other = Recording(origin => origin, field => field.Name != "state");
        Assert.Contains("found no field 'state', expected one. Replay it with the release that recorded it", (await CliRun.Of("hil", "replay", other)).AssertBadInput(), StringComparison.Ordinal);
        System.IO.File.WriteAllBytes(other, System.IO.File.ReadAllBytes(file)[..20]);
        Assert.Contains("byte 8: found no metadata 'liquidcontrol.recording'; the file was cut off before them", (await CliRun.Of("hil", "replay", other)).AssertBadInput(), StringComparison.Ordinal);
        using (McapWriter writer = new(System.IO.File.Create(other), "ros2", "a camera", ("lens", new Dictionary<string, string>()), new("/image", "cdr", new("Image", "ros2msg", []), new Dictionary<string, string>())))
            writer.Add(0, 0, [1, 2, 3]);
        Assert.Contains(
            "found no metadata 'liquidcontrol.recording', expected metadata and one channel before the first cycle", (await CliRun.Of("hil", "replay", other)).AssertBadInput(), StringComparison.Ordinal);
    }

    /// <summary>A recording that says it lost cycles asks for another controller at every activation.</summary>
    [Fact]
    public void A_network_is_loaded_once_for_all_controllers_of_a_recording()
    {
        using var recording = RecordingReader.Open(Recording(origin => origin with { Controller = "liquid" }, _ => true));
        var robot = RobotConfiguration.Load(RobotCatalog.Find("ar4-dc"));
        var arm = new SimulatedRobot(robot, ControllerKind.CtEso).Arm;
        RecordedController controller = new(recording, robot);
        controller.NewCycle(arm.Hardware, arm.Clock);
        long before = GC.GetAllocatedBytesForCurrentThread();
        controller.NewCycle(arm.Hardware, arm.Clock);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 200_000);
    }

    [Fact]
    public async Task A_daemon_that_is_stopped_cleared_and_activated_again_replays_with_the_same_bits()
    {
        using RunningDaemon daemon = new(_folder);
        using var person = daemon.Connect();
        string file = File("daemon.mcap");
        var recording = Task.Run(() => CliRun.Of("hil", "record", "--ring", daemon.RingPath, "--output", file, "--json"));
        Assert.Equal("ok", person.Ask("activate"));
        person.Await("state", "Active");
        Assert.Equal("ok", person.Ask("take"));
        Assert.Equal("ok", person.Ask("goal 0.5 0.2 0.1 0 0.5 0"));
        person.Await("phase", "Move");
        Assert.Equal("ok", person.Ask("stop"));
        person.Await("state", "Stopped");
        person.Await("phase", "Hold");
        Assert.Equal("ok", person.Ask("clear"));
        Assert.Equal("ok", person.Ask("goal 0.1 0.2 0.1 0 0.5 0"));
        person.Await("state", "Holding");
        Assert.Equal("ok", person.Ask("deactivate"));
        person.Await("state", "Inactive");
        person.ActivateAtRest();
        person.Await("state", "Active");
        daemon.Signal("TERM");
        Assert.Equal(0, daemon.End().ExitCode);

        var recorded = await recording;
        Assert.Equal(0, recorded.ExitCode);
        using (var report = JsonDocument.Parse(recorded.Output))
        {
            Assert.Equal((2, 0, 0), (Number(report, "activations"), Number(report, "lost"), Number(report, "corrupt")));
            Assert.Equal(("ended", "ct-eso"), (report.RootElement.GetProperty("writer").GetString(), report.RootElement.GetProperty("controller").GetString()));
        }

        var run = await CliRun.Of("hil", "replay", file, "--json");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        using var replay = JsonDocument.Parse(run.Output);
        Assert.Equal((2, 0, 0), (Number(replay, "activations"), Number(replay, "beforeActivation"), Number(replay, "afterLoss")));
        Assert.Contains("expected a new file", (await CliRun.Of("hil", "record", "--ring", daemon.RingPath, "--output", file)).AssertBadInput(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ring_that_does_not_say_what_wrote_it_is_refused_and_leaves_no_file()
    {
        var arm = RobotConfiguration.Load(RobotCatalog.Find("ar4-dc")).Arm;
        CycleLayout layout = new(arm.JointCount);
        string path = File("ring"), file = File("ring.mcap");
        using (SharedRingWriter.Create(path, layout.Size + 32, 10, RingDescription.Of(arm, layout)))
            Assert.Contains("does not say which controller wrote it", (await CliRun.Of("hil", "record", "--ring", path, "--output", file)).AssertBadInput(), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(file));
        Assert.Contains("--output: found ring.txt", (await CliRun.Of("hil", "record", "--ring", path, "--output", "ring.txt")).AssertBadInput(), StringComparison.Ordinal);
    }

    private static int Number(JsonDocument report, string name) => report.RootElement.GetProperty(name).GetInt32();

    private async Task<string> RecordMove(string name)
    {
        string file = File(name);
        var run = await CliRun.Of("move", "place", "--rate", "50", "--record", file);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return file;
    }

    /// <summary>A recording of no cycles.</summary>
    private string Recording(Func<RecordingOrigin, RecordingOrigin> change, Func<RecordField, bool> has)
    {
        string file = File($"{Guid.NewGuid():N}.mcap");
        var origin = change(RecordedController.OriginOf(RobotConfiguration.Load(RobotCatalog.Find("ar4-dc")), ControllerKind.CtEso, ModelError.None, 500.0, "test"));
        new RecordingWriter(System.IO.File.Create(file), origin, [.. new CycleLayout(origin.Joints).Fields.Where(has)]).Dispose();
        return file;
    }

    private string File(string name) => Path.Combine(_folder, name);

    /// <summary>The same recording with another origin and one bit of one field of one cycle turned.</summary>
    private static void Change(string file, string other, Func<RecordingOrigin, RecordingOrigin> origin, long cycle, string field)
    {
        using var reader = RecordingReader.Open(file);
        using RecordingWriter writer = new(System.IO.File.Create(other), origin(reader.Origin), reader.Layout.Fields);
        byte[] record = new byte[reader.Layout.Size];
        var changed = reader.Layout.Fields.Single(candidate => candidate.Title == field);
        while (reader.Read(record))
        {
            if (reader.Layout.Fields[0].Whole(record) == cycle) changed.TrySetBits(record, changed.Bits(record) ^ 1);
            writer.Add(reader.Number, record);
        }
    }
}
