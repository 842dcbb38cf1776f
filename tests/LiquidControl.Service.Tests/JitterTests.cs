using System.Runtime.InteropServices;
using System.Text.Json;
using LiquidControl.Realtime;
using LiquidControl.Service.Jitter;
using Xunit;

namespace LiquidControl.Service.Tests;

/// <summary>The loop that measures itself, in a process of its own; what it does, not how fast this machine is.</summary>
public sealed class JitterTests : IDisposable
{
    private const int Rate = 500;
    private const double Seconds = 0.4;
    private const int Cycles = (int)(Rate * Seconds);
    private const long Period = 1_000_000_000 / Rate;

    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-service-").FullName;

    private string Ring => Path.Combine(_folder, "ring");

    private string Timings => Path.Combine(_folder, "timings");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_counts_every_cycle_and_allocates_nothing_though_the_buses_fail()
    {
        var report = Report("--seconds", "0.4", "--rate", "500", "--bus-faults", "--ring", Ring, "--timings", Timings);
        Assert.Equal(0, report.AllocatedBytes);
        Assert.Equal(Period, report.PeriodNs);
        Assert.InRange(report.Cycles, 1, Cycles);
        Assert.InRange(report.BusFaults, 1, (Cycles + Rate) / 100);
        Assert.True(report.Moves > 0, "the arm never moved");
        Assert.False(report.IsNative);
        Assert.All(report.Grants.Where(grant => !grant.IsGranted), grant => Assert.NotEmpty(grant.Fix));

        ReadOnlySpan<CycleTiming> timings = MemoryMarshal.Cast<byte, CycleTiming>(File.ReadAllBytes(Timings));
        Assert.Equal(report.Cycles, timings.Length);
        for (int i = 1; i < timings.Length; i++)
        {
            Assert.Equal(timings[i - 1].DeadlineNs + (timings[i].Skipped + 1) * Period, timings[i].DeadlineNs);
            Assert.True(timings[i].WakeLatenessNs >= 0 && timings[i].FinishLatenessNs > timings[i].WakeLatenessNs);
        }

        Assert.Equal(timings.ToArray(), RingRecords(RingWriterState.Ended));
    }

    [Fact]
    public void A_start_that_is_waited_for_is_that_of_the_first_cycle()
    {
        using DaemonProcess daemon = new("jitter", "--wait-for-start", "--seconds", "0.1", "--timings", Timings, "--controller", "ct-eso");
        Assert.Equal(JitterCommand.Ready, daemon.ReadLine());
        long start = MonotonicClock.NowNs + 500_000_000;
        daemon.WriteLine($"{start}");
        var (code, _, errors) = daemon.End();
        Assert.True(code == 0, errors);
        long first = MemoryMarshal.Cast<byte, CycleTiming>(File.ReadAllBytes(Timings))[0].DeadlineNs;
        Assert.True(first >= start && (first - start) % 1_000_000 == 0, $"started at {first}, {start} was asked for");
    }

    [Fact]
    public void A_daemon_that_is_killed_leaves_whole_records_and_its_place_to_the_next()
    {
        using DaemonProcess daemon = new("jitter", "--seconds", "60", "--rate", "10000", "--ring", Ring);
        using var reader = WaitForRecords(daemon);
        using (DaemonProcess second = new("jitter", "--ring", Ring))
        {
            var (code, output, errors) = second.End();
            Assert.Equal((2, ""), (code, output));
            Assert.Contains($"process {daemon.Id} writes this ring", errors, StringComparison.Ordinal);
        }

        Assert.Equal(RingWriterState.Writing, reader.Writer());
        daemon.Kill();
        Assert.Equal(RingWriterState.Died, reader.Writer());
        CycleTiming[] left = RingRecords(RingWriterState.Died);
        Assert.True(left.Length > 100, $"{left.Length} records are left");
        for (int i = 1; i < left.Length; i++)
            Assert.Equal(left[i - 1].DeadlineNs + (left[i].Skipped + 1) * 100_000, left[i].DeadlineNs);

        using var next = SharedRingWriter.Create(Ring, 8, 8, []);
        Assert.Equal(RingWriterState.Replaced, reader.Writer());
    }

    [Theory]
    [InlineData("--rate", "fast")]
    [InlineData("--rate", "5")]
    [InlineData("--controller", "best")]
    [InlineData("--policy", "batch")]
    [InlineData("--bus-fault")]
    [InlineData("--robot", "ur5e", "--controller", "ct-eso", "--bus-faults")]
    [InlineData("--seconds")]
    public void What_cannot_be_used_is_refused_by_name(params string[] words)
    {
        var error = Assert.Throws<ArgumentErrorException>(() => JitterCommand.Run(words, TextReader.Null, TextWriter.Null));
        Assert.Contains(words.Length > 2 ? words[^1] : words[0], error.Message, StringComparison.Ordinal);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ring_that_is_another_file_is_refused_and_left_alone()
    {
        File.WriteAllText(Ring, "not a ring at all");
        using DaemonProcess daemon = new("jitter", "--ring", Ring);
        var (code, output, errors) = daemon.End();
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"error: {Ring}", errors, StringComparison.Ordinal);
        Assert.Equal("not a ring at all", File.ReadAllText(Ring));
    }

    private static JitterReport Report(params string[] arguments)
    {
        using DaemonProcess daemon = new(["jitter", .. arguments]);
        var (code, output, errors) = daemon.End();
        Assert.True(code == 0, errors);
        Assert.Equal("", errors);
        return JsonSerializer.Deserialize(output, JitterJson.Default.JitterReport)!;
    }

    private SharedRingReader WaitForRecords(DaemonProcess daemon)
    {
        for (int tries = 0; tries < 600; tries++)
        {
            Thread.Sleep(50);
            if (!File.Exists(Ring)) continue;
            var reader = SharedRingReader.Open(Ring);
            if (reader.Written > 1000) return reader;
            reader.Dispose();
        }

        throw new TimeoutException($"process {daemon.Id} wrote nothing");
    }

    private CycleTiming[] RingRecords(RingWriterState writer)
    {
        using var reader = SharedRingReader.Open(Ring);
        Assert.Equal(writer, reader.Writer());
        List<CycleTiming> records = [];
        Span<CycleTiming> record = stackalloc CycleTiming[1];
        while (reader.TryRead(MemoryMarshal.AsBytes(record), out _) == RingRead.Record) records.Add(record[0]);
        Assert.Equal((0, 0), (reader.Lost, reader.Corrupt));
        return [.. records];
    }
}
