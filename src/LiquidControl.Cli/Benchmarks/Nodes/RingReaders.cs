using System.Text.Json;
using LiquidControl.Cli.Benchmarks.Jitter;
using LiquidControl.Cli.Reports;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Benchmarks.Nodes;

/// <summary>
/// A reader such as the dashboard will be, in a process of its own that allocates 100 MB/s and proves every record whole: comes to the ring, and
/// goes as it should or is killed. Keeps when that was.
/// </summary>
/// <param name="ring">Its path.</param>
internal sealed class RingReaders(string ring) : IDisposable
{
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
        _reader = new("reader", ChildProcess.Dotnet, [program, "bench", "allocate", "--ring", ring]);
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
