using System.Text.Json;
using LiquidControl.Cli.Benchmarks.Jitter;
using LiquidControl.Cli.Reports;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Benchmarks.Nodes;

/// <summary>
/// A reader such as the dashboard will be, in a process of its own that allocates 100 MB/s and proves every record whole: comes to the ring, and
/// goes as it should or is killed. Keeps when that was. On a machine with several processors it stays off the last one, the loop's, as every
/// other program does where that one is isolated (firmware-config's kernel command lines).
/// </summary>
/// <param name="ring">Its path; null for a process that does the same and reads no ring.</param>
internal sealed class RingReaders(string? ring) : IDisposable
{
    /// <summary>Of util-linux: runs a program on some processors only, as the same process.</summary>
    private const string TaskSet = "taskset";

    private readonly List<long> _eventsNs = [];
    private PacedProcess? _reader;

    /// <summary>When one came or went, monotonic, ns.</summary>
    public IReadOnlyList<long> EventsNs => _eventsNs;

    public int Attached { get; private set; }

    public int Killed { get; private set; }

    /// <summary>Of those that ended as they should.</summary>
    public long RecordsRead { get; private set; }

    public long RecordsLost { get; private set; }

    public long RecordsTorn { get; private set; }

    public async Task AttachAsync(CancellationToken cancellation)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "liquidcontrol.dll");
        string[] call = [ChildProcess.Dotnet, program, "bench", "allocate", .. ring is null ? Array.Empty<string>() : ["--ring", ring]];
        if (Environment.ProcessorCount > 1 && ChildProcess.IsOnPath(TaskSet))
            call = [TaskSet, "--cpu-list", FormattableString.Invariant($"0-{Environment.ProcessorCount - 2}"), .. call];
        _reader = new("reader", call[0], call[1..]);
        await _reader.WaitReadyAsync(cancellation);
        _eventsNs.Add(MonotonicClock.NowNs);
        Attached++;
    }

    public async Task DetachAsync(CancellationToken cancellation)
    {
        _eventsNs.Add(MonotonicClock.NowNs);
        var (output, _) = await _reader!.EndAsync(cancellation);
        var report = JsonSerializer.Deserialize(output, ReportJson.Default.AllocationReport)!;
        RecordsRead += report.RecordsRead;
        RecordsLost += report.RecordsLost;
        RecordsTorn += report.RecordsCorrupt;
        Dispose();
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _eventsNs.Add(MonotonicClock.NowNs);
        Killed++;
        Dispose();
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _reader = null;
    }
}
