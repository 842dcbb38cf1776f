using System.Runtime.CompilerServices;
using LiquidControl.Robotics;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// A simulated arm behind emulated nodes. Until the bridges are enabled for the first time the arm is held where it starts, as on a stand;
/// from then on it falls when they are disabled. When it moves is up to the kind of arm.
/// </summary>
public abstract class EmulatedArm
{
    private readonly SharedElectronics _electronics;
    private readonly SharedBoard _board;
    private readonly double[] _start;
    private readonly double[] _drives;
    private volatile bool _isHeld = true;
    private volatile IPlantObserver? _observer;
    private long _enabledNs;
    private long _disabledNs;
    private long _longestGapNs;
    private long _nextDropNs;
    private bool _wasEnabled;
    private bool _wasHeld = true;

    private protected EmulatedArm(
        Func<IArmElectronics, SimulatedArm> newArm, BoardElectronics electronics, EmulatedNodes nodes, ReadOnlySpan<double> start)
    {
        _board = nodes.Board;
        _electronics = new SharedElectronics(electronics, _board);
        Arm = newArm(_electronics);
        _start = start.ToArray();
        _drives = new double[start.Length];
    }

    /// <summary>Sees every step from now on; null for nobody.</summary>
    public IPlantObserver? Observer
    {
        set => _observer = value;
    }

    /// <summary>What the arm does now.</summary>
    public EmulatedArmState State
    {
        get
        {
            using (StateLock.EnterScope())
            {
                Vector3 tool = Arm.Truth.Tool.Translation;
                return new(
                    _board.Clock.NowNs, _electronics.BridgesEnabled, _isHeld, _enabledNs, _disabledNs, _longestGapNs, Arm.Plant.Position.ToArray(),
                    Arm.Plant.Velocity.ToArray(), (double[])_drives.Clone(), [tool.X, tool.Y, tool.Z]);
            }
        }
    }

    private protected SimulatedArm Arm { get; }

    /// <summary>Whoever moves the arm holds this, and takes the board's lock only while it does.</summary>
    private protected Lock StateLock { get; } = new();

    /// <summary>Back to where it started, and held there until the bridges are enabled.</summary>
    public void PutBack() => _isHeld = true;

    /// <summary>Changes something about the arm or its board between two steps, while nobody else reaches either.</summary>
    public void Change(Action change)
    {
        // Compiled before anybody waits for it.
        RuntimeHelpers.PrepareDelegate(change);
        using (StateLock.EnterScope())
        {
            MoveToNow();
            using (_board.Lock.EnterScope())
            {
                change();
            }
        }
    }

    /// <summary>On to where the arm is by now, if its time passes by itself; under <see cref="StateLock"/>.</summary>
    private protected abstract void MoveToNow();

    /// <summary>At rest where it starts.</summary>
    private protected void Reset() => Arm.Reset(_start);

    /// <summary>One step, with the drives now at the bridges; under <see cref="StateLock"/>. Times are of the board's clock, ns.</summary>
    private protected void Move(long fromNs, long toNs)
    {
        _longestGapNs = Math.Max(_longestGapNs, toNs - fromNs);
        bool isEnabled = _electronics.BridgesEnabled;
        _enabledNs = isEnabled && !_wasEnabled ? toNs : _enabledNs;
        _disabledNs = _wasEnabled && !isEnabled ? toNs : _disabledNs;

        // Put back while the bridges run, it is let go the moment after.
        _isHeld &= !isEnabled || !_wasHeld;
        _electronics.CopyDrives(_drives);
        if (_isHeld)
        {
            Arm.Clock.Advance(toNs - fromNs);
            Arm.Reset(_start);
        }
        else
        {
            // A frame is lost as often as the scenario says, however often the plant is moved on in a period.
            bool mayDrop = toNs >= _nextDropNs;
            _nextDropNs = mayDrop ? Math.Max(_nextDropNs + Arm.NominalPeriodNs, toNs) : _nextDropNs;
            Arm.Advance(toNs - fromNs, mayDrop);
        }

        (_wasEnabled, _wasHeld) = (isEnabled, _isHeld);
        _observer?.Moved(toNs, isEnabled, Arm.Plant);
    }
}
