using LiquidControl.Cli.Commands;
using LiquidControl.Control;
using LiquidControl.Realtime;
using LiquidControl.Telemetry;

namespace LiquidControl.Cli.Daemon;

/// <summary>Takes what a daemon writes into its ring to a recording, beginning with what the ring remembers.</summary>
internal sealed class RingRecorder : IDisposable
{
    /// <summary>The ring holds many times as much.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly RingFollower _ring;
    private readonly RecordField _cycle;
    private readonly RecordingWriter _file;

    /// <param name="ring">Of the daemon.</param>
    /// <param name="origin">What the recording says of itself.</param>
    /// <param name="path">Of a new file.</param>
    /// <exception cref="BadInputException">The ring's records are none of cycles.</exception>
    public RingRecorder(RingFollower ring, RecordingOrigin origin, string path)
    {
        _ring = ring;
        CycleTable table = new(ring.Description);
        _cycle = table.Field("cycle");
        _ = table.Field("timestamp");
        _file = new(RecordingFiles.Create(path), origin, ring.Description.Fields);
    }

    public long Records => _file.Records;

    public long Activations { get; private set; }

    /// <summary>Of the file, on the disk.</summary>
    public long Bytes => _file.Bytes;

    /// <summary>Records until the time is over, somebody has enough, or the daemon writes no more; says what became of it.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="looked">Called after every look at the ring.</param>
    /// <param name="cancellation">Somebody has enough.</param>
    public async Task<RingWriterState> RunAsync(TimeSpan duration, Action looked, CancellationToken cancellation)
    {
        long end = MonotonicClock.NowNs + (long)Math.Min(duration.TotalNanoseconds, long.MaxValue / 2.0);
        while (true)
        {
            // Before the ring is read: what a writer that has ended wrote last is in it then.
            var writer = _ring.Writer();
            TakeNew();
            looked();
            if (writer != RingWriterState.Writing || MonotonicClock.NowNs >= end || cancellation.IsCancellationRequested)
                return writer;
            await Task.Delay(Look, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _file.Dispose();

    private void TakeNew()
    {
        while (_ring.ReadNext(out long number))
        {
            _file.Add(number, _ring.Record);
            if (_cycle.Whole(_ring.Record) == CycleRecord.OfActivation) Activations++;
        }
    }
}
