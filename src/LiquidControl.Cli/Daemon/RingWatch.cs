using LiquidControl.Cli.Reports;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Daemon;

/// <summary>Follows the ring on a path through the lives of its daemons: when another ring takes its place, that one is followed.</summary>
internal sealed class RingWatch : IDisposable
{
    /// <summary>A loop without a cycle for so long does not run, ms.</summary>
    private const double Silence = 1000.0;

    private readonly string _path;
    private readonly double _window;
    private RingFollower _ring;
    private CycleTable _table;

    /// <param name="path">Of the ring.</param>
    /// <param name="window">That numbers are shown of, s.</param>
    /// <exception cref="IOException">As of <see cref="RingFollower.Open"/>.</exception>
    public RingWatch(string path, double window)
    {
        _path = path;
        _window = window;
        _ring = RingFollower.Open(path);
        _table = _ring.ReadAll();
    }

    /// <summary>What the last seconds were like.</summary>
    public WatchReport Look()
    {
        var writer = _ring.Writer();
        if (writer == RingWriterState.Replaced)
        {
            var next = RingFollower.Open(_path);
            _ring.Dispose();
            _ring = next;
            _table = _ring.ReadAll();
            writer = _ring.Writer();
        }
        else
        {
            _ring.ReadNew(_table);
        }

        _table.KeepLast(_window);
        return Report(writer);
    }

    public void Dispose() => _ring.Dispose();

    private WatchReport Report(RingWriterState writer)
    {
        bool hasCycles = _table.Rows.Count > 0;
        double? age = hasCycles && _ring.IsOfThisBoot ? 1e-6 * (MonotonicClock.NowNs - _table.LastNumber("loop_deadline")) : null;
        var times = hasCycles ? new LoopTimes(_table) : null;
        return new(
            _ring.Description.Robot, _ring.Description.Rate, RingFollower.Word(writer), _ring.WriterProcess,
            IsStale: writer != RingWriterState.Writing || age > Silence, age, _table.Seconds, _table.Rows.Count, _table.Missing, _ring.Corrupt,
            hasCycles ? (long)_table.LastNumber("cycle") : null, Word("state"), Word("phase"), Word("faults"), Word("notices"),
            hasCycles ? _table.LastNumber("supply") : null, times?.WakeLateness, times?.CycleTime, times?.Skipped, Limiter(), Joints());

        string? Word(string name) => hasCycles ? _table.LastWord(name) : null;
    }

    private SortedDictionary<string, int> Limiter()
    {
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        var field = _table.Field("limits");
        foreach (var word in field.Words.Where(word => word.Key != 0))
            counts[word.Value] = _table.Rows.Count(row => (field.Whole(row.Bytes) & word.Key) != 0);
        return counts;
    }

    private WatchedJoint[] Joints() => _table.Rows.Count == 0 ? [] : [.. Enumerable.Range(0, _ring.Description.Joints).Select(Joint)];

    private WatchedJoint Joint(int joint)
    {
        double[] error = [.. _table.Numbers("reference_position", joint).Zip(_table.Numbers("position", joint), (wanted, is_) => 1e3 * (wanted - is_))];
        return new(
            joint + 1, _table.LastNumber("position", joint), _table.LastNumber("velocity", joint), error[^1], error.Max(Math.Abs),
            _table.LastNumber("torque", joint), _table.LastNumber("drive", joint), _table.Numbers("drive", joint).Max(Math.Abs), _table.LastNumber("unexplained_torque", joint));
    }
}
