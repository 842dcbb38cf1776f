using LiquidControl.Cli.Daemon;
using LiquidControl.Control;

namespace LiquidControl.Cli.Rigs.Nodes;

/// <summary>The cycles of a daemon of this release, one after the other; the next one can be looked at before it is taken.</summary>
internal sealed class DaemonCycles : IDisposable
{
    private readonly RingFollower _ring;
    private readonly CycleLayout _layout;
    private CycleRecord _last;
    private CycleRecord _next;
    private bool _hasNext;

    /// <param name="path">Of the ring.</param>
    /// <param name="jointCount">Of the arm.</param>
    /// <exception cref="BadInputException">Its records are of another release.</exception>
    public DaemonCycles(string path, int jointCount)
    {
        _layout = new(jointCount);
        _last = new(jointCount);
        _next = new(jointCount);
        _ring = RingFollower.Open(path);
        var fields = _ring.Description.Fields.Take(_layout.Fields.Count).Select(Key);
        if (fields.SequenceEqual(_layout.Fields.Select(Key)))
            return;
        _ring.Dispose();
        throw new BadInputException($"{path}: found cycles with other fields than this program's, expected a daemon of the same release. Build or install it again.");
    }

    /// <summary>Taken last.</summary>
    public CycleRecord Last => _last;

    /// <summary>When it began, monotonic, ns.</summary>
    public long LastNs => _last.Sensors.TimestampNs;

    /// <summary>When the one begins that is taken next, where there is one.</summary>
    public long NextNs => _next.Sensors.TimestampNs;

    /// <summary>Overwritten or torn before they were read.</summary>
    public long Lost => _ring.Lost + _ring.Corrupt;

    /// <summary>Whether the daemon has written one more.</summary>
    public bool HasNext
    {
        get
        {
            if (!_hasNext && _ring.ReadNext(out _))
            {
                _layout.Read(_ring.Record, _next);
                _hasNext = true;
            }

            return _hasNext;
        }
    }

    public void Take()
    {
        (_last, _next) = (_next, _last);
        _hasNext = false;
    }

    public void Dispose() => _ring.Dispose();

    private static (string, int?, RecordKind, int) Key(RecordField field) => (field.Name, field.Joint, field.Kind, field.Offset);
}
