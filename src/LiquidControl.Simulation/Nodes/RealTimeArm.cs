using System.Runtime.CompilerServices;
using LiquidControl.Realtime;
using LiquidControl.Robotics;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// A simulated arm that moves on the machine's own clock: a thread takes the plant up to now every millisecond, and whoever reaches the chips
/// before it does, with the drives then at the bridges. Until the bridges are enabled for the first time the arm is held where it starts, as on a stand; from then on it falls when they
/// are disabled.
/// </summary>
public sealed class RealTimeArm : IDisposable
{
    private const long PeriodNs = 1_000_000;

    /// <summary>A plant not older than this, ns, is not moved on for a call.</summary>
    private const long RecentNs = 250_000;

    private readonly SimulatedArm _arm;
    private readonly SharedElectronics _electronics;
    private readonly EmulatedNodes _nodes;
    private readonly double[] _start;
    private readonly double[] _drives;
    private readonly Lock _stateLock = new();
    private readonly RealtimeThread _thread;
    private volatile bool _stopping;
    private volatile bool _isHeld = true;
    private volatile IPlantObserver? _observer;
    private long _enabledNs;
    private long _disabledNs;
    private long _longestGapNs;
    private long _movedNs;
    private long _nextDropNs;
    private bool _wasEnabled;
    private bool _wasHeld = true;

    /// <summary>Starts to move at once.</summary>
    /// <param name="newArm">Makes the arm with the electronics it is given.</param>
    /// <param name="electronics">The board the nodes stand in front of.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="start">Where it stands at first, rad.</param>
    /// <param name="processor">Where the plant is computed; null: anywhere.</param>
    public RealTimeArm(
        Func<IArmElectronics, SimulatedArm> newArm, BoardElectronics electronics, EmulatedNodes nodes, ReadOnlySpan<double> start, int? processor = null)
    {
        _electronics = new SharedElectronics(electronics, nodes.BoardLock);
        _nodes = nodes;
        _arm = newArm(_electronics);
        _start = start.ToArray();
        _drives = new double[start.Length];

        // A step is compiled now, not when the first one is due and a loop waits for it.
        _arm.Advance(PeriodNs, mayDrop: false);
        _arm.Reset(_start);
        _movedNs = MonotonicClock.NowNs;
        nodes.CatchUp = CatchUp;
        _thread = RealtimeThread.Start("plant", new(EmulatedNodes.Scheduling, processor), ProcessRights.Current(), Move);
    }

    /// <summary>Sees every step from now on; null for nobody.</summary>
    public IPlantObserver? Observer
    {
        set => _observer = value;
    }

    /// <summary>What the arm does now.</summary>
    public RealTimeArmState State
    {
        get
        {
            using (_stateLock.EnterScope())
            {
                Vector3 tool = _arm.Truth.Tool.Translation;
                return new(
                    _electronics.BridgesEnabled, _isHeld, _enabledNs, _disabledNs, _longestGapNs, _arm.Plant.Position.ToArray(),
                    _arm.Plant.Velocity.ToArray(), (double[])_drives.Clone(), [tool.X, tool.Y, tool.Z]);
            }
        }
    }

    /// <summary>Back to where it started, and held there until the bridges are enabled.</summary>
    public void PutBack() => _isHeld = true;

    /// <summary>Changes something about the arm or its board between two steps, while nobody else reaches either.</summary>
    public void Change(Action change)
    {
        // Compiled before anybody waits for it.
        RuntimeHelpers.PrepareDelegate(change);
        using (_stateLock.EnterScope())
        {
            MoveOn();
            using (_nodes.BoardLock.EnterScope())
            {
                change();
            }
        }
    }

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
    }

    private void Move()
    {
        long next = _movedNs + PeriodNs;
        while (!_stopping)
        {
            MonotonicClock.TryWaitUntil(next);
            using (_stateLock.EnterScope())
            {
                MoveOn();
            }

            next = Math.Max(next + PeriodNs, MonotonicClock.NowNs);
        }
    }

    private void CatchUp()
    {
        using (_stateLock.EnterScope())
        {
            if (MonotonicClock.NowNs - _movedNs > RecentNs)
            {
                MoveOn();
            }
        }
    }

    private void MoveOn()
    {
        long now = MonotonicClock.NowNs;
        _longestGapNs = Math.Max(_longestGapNs, now - _movedNs);
        bool isEnabled = _electronics.BridgesEnabled;
        _enabledNs = isEnabled && !_wasEnabled ? now : _enabledNs;
        _disabledNs = _wasEnabled && !isEnabled ? now : _disabledNs;

        // Put back while the bridges run, it is let go the moment after.
        _isHeld &= !isEnabled || !_wasHeld;
        _electronics.CopyDrives(_drives);
        if (_isHeld)
        {
            _arm.Clock.Advance(now - _movedNs);
            _arm.Reset(_start);
        }
        else
        {
            // A frame is lost as often as the scenario says, however often the plant is moved on in a period.
            bool mayDrop = now >= _nextDropNs;
            _nextDropNs = mayDrop ? Math.Max(_nextDropNs + _arm.NominalPeriodNs, now) : _nextDropNs;
            _arm.Advance(now - _movedNs, mayDrop);
        }

        (_movedNs, _wasEnabled, _wasHeld) = (now, isEnabled, _isHeld);
        _observer?.Moved(now, isEnabled, _arm.Plant);
    }
}
