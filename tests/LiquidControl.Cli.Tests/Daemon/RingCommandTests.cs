using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using LiquidControl.Cli.Daemon;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Realtime;
using Xunit;

namespace LiquidControl.Cli.Tests.Daemon;

/// <summary>`watch` and `blackbox` on rings of this test's own: damaged, foreign, left behind, replaced.</summary>
public sealed class RingCommandTests : IDisposable
{
    private const long Period = 2_000_000;

    private static readonly ArmDescription Arm = RobotConfiguration.Load(RobotCatalog.Find("ar4-dc")).Arm;

    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    private string Ring => Path.Combine(_folder, "ring");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_torn_record_of_a_copy_is_left_out_and_counted()
    {
        using (var writer = NewRing()) Write(writer, cycles: 20);
        byte[] copy = System.IO.File.ReadAllBytes(Ring);
        int at = copy.AsSpan().IndexOf(BitConverter.GetBytes(TimeOf(7)));
        copy[at + sizeof(long)] ^= 1;
        string path = Path.Combine(_folder, "copy"), csv = Path.Combine(_folder, "copy.csv");
        System.IO.File.WriteAllBytes(path, copy);

        var run = await CliRun.Of("blackbox", "--ring", path, "--csv", csv, "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal((19, 1, 1), (Number(json, "records"), Number(json, "corrupt"), Number(json, "missing")));
        string[] records = [.. System.IO.File.ReadLines(csv).Skip(1).Select(line => line.Split(',')[0])];
        Assert.Equal(Enumerable.Range(0, 20).Where(i => i != 7).Select(i => $"{i}"), records);
        Assert.Contains("left out for a wrong checksum │ 1", (await CliRun.Of("blackbox", "--ring", path)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_ring_is_refused_with_file_found_expected_and_what_to_do()
    {
        using (var writer = NewRing()) Write(writer, cycles: 3);
        byte[] whole = System.IO.File.ReadAllBytes(Ring);
        await Refused("found no such file, expected the ring of a running liquidcontrold", Path.Combine(_folder, "none"));
        await Refused("found a directory", _folder);
        await Refused("first 8 bytes: found 0x0000000000000000", File(""));
        await Refused("first 8 bytes: found \"#!/bin/s\"", File("#!/bin/sh\necho no ring\n"));
        await Refused("file size: found 5000 bytes", File(whole[..5000]));
        whole[300] ^= 1;
        await Refused("header's checksum: found", File(whole));
        await Refused("no JSON that names its fields", Foreign("what?"));
        await Refused("a description without robot, rate, joints or fields", Foreign("{}"));
        await Refused("does not fit into records of 16 bytes", Foreign("""{"robot":"r","rate":1,"joints":1,"fields":[{"name":"a","kind":"F64","unit":"","offset":9,"words":[],"isFlags":false}]}"""));
        await Refused("found no field timestamp", Foreign("""{"robot":"r","rate":1,"joints":1,"fields":[{"name":"a","kind":"F64","unit":"","offset":8,"words":[],"isFlags":false}]}"""));
        Assert.Contains("--csv: found a.txt", (await CliRun.Of("blackbox", "--ring", Ring, "--csv", "a.txt")).AssertBadInput(), StringComparison.Ordinal);
        Assert.Contains("--seconds: found -1", (await CliRun.Of("blackbox", "--ring", Ring, "--seconds", "-1")).AssertBadInput(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_watch_keeps_the_last_values_of_a_ring_that_ended_and_follows_the_next()
    {
        var first = NewRing();
        Write(first, cycles: 50);
        using RingWatch watch = new(Ring, window: 0.02);
        var running = watch.Look();
        Assert.Equal(("writing", 11, "Unconfigured"), (running.Writer, running.Records, running.State));
        Assert.Equal((1.0, 3.0), (Math.Round(running.WakeLateness!.MaxUs), Math.Round(running.CycleTime!.MaxUs)));
        Assert.Equal(11, running.SkippedPeriods);

        first.Dispose();
        var ended = watch.Look();
        Assert.Equal(("ended", true, 11), (ended.Writer, ended.IsStale, ended.Records));

        using var second = NewRing();
        Assert.Equal(("writing", 0, null), (watch.Look().Writer, watch.Look().Records, watch.Look().State));
        Write(second, cycles: 5);
        Assert.Equal(5, watch.Look().Records);
    }

    [Fact]
    public async Task A_loop_that_hangs_is_stale_though_its_process_lives()
    {
        using var writer = NewRing();
        Write(writer, cycles: 5);
        using var json = JsonDocument.Parse((await CliRun.Of("watch", "--ring", Ring, "--json")).Output);
        Assert.Equal(("writing", true), (json.RootElement.GetProperty("writer").GetString(), json.RootElement.GetProperty("isStale").GetBoolean()));
        Assert.Contains("the values are stale", (await CliRun.Of("watch", "--ring", Ring, "--once")).Output, StringComparison.Ordinal);
    }

    private SharedRingWriter NewRing()
    {
        CycleLayout layout = new(Arm.JointCount);
        return SharedRingWriter.Create(Ring, layout.Size + Marshal.SizeOf<CycleTiming>(), 100, RingDescription.Of(Arm, layout));
    }

    /// <summary>Cycles that woke 1 µs late, worked for 3 µs and let a period go, long ago.</summary>
    private static void Write(SharedRingWriter writer, int cycles)
    {
        CycleLayout layout = new(Arm.JointCount);
        CycleRecord record = new(Arm.JointCount);
        for (int i = 0; i < cycles; i++)
        {
            record.Sensors.TimestampNs = TimeOf(i);
            var bytes = writer.Begin();
            layout.Write(record, bytes);
            MemoryMarshal.Write(bytes[layout.Size..], new CycleTiming(1 + i * Period, 1000, 4000, 1));
            writer.Commit();
        }
    }

    private static long TimeOf(int cycle) => 0x1234_5678_0000_0000 + cycle * Period;

    private static async Task Refused(string message, string ring)
    {
        foreach (string command in (string[])["blackbox", "watch"])
        {
            string error = (await CliRun.Of(command, "--ring", ring)).AssertBadInput();
            Assert.Contains(message, error, StringComparison.Ordinal);
        }
    }

    private string File(string text) => File(Encoding.UTF8.GetBytes(text));

    private string File(byte[] bytes)
    {
        string path = Path.Combine(_folder, "file");
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    private string Foreign(string description)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName());
        using var writer = SharedRingWriter.Create(path, 16, 10, Encoding.UTF8.GetBytes(description));
        writer.Begin();
        writer.Commit();
        return path;
    }

    private static int Number(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetInt32();
}
