using LiquidControl.Cli.Daemon;
using LiquidControl.Control;
using LiquidControl.Realtime;
using LiquidControl.Rig;
using LiquidControl.Simulation.Nodes;

namespace LiquidControl.Cli.Rigs.Nodes;

/// <summary>
/// What a scenario's events are done to on nodes: the daemon is told by its command socket, as by anybody; plant and board are changed between two
/// of their steps; the daemon's process is stopped, let run and killed, and its lease renewed, as the rig's faults say.
/// </summary>
internal sealed class DaemonSide(DaemonOnNodes daemon, EmulatedArm arm, RigArm rig, LoopClock clock) : IRigSide, IDisposable
{
    private const long LookNs = 1_000_000;

    private LeaseKeeper? _lease;
    private bool _isLeased;
    private bool _isFrozen;
    private bool _isKilled;

    public double Time => clock.At(MonotonicClock.NowNs);

    /// <summary>Whether the rig lets the daemon run.</summary>
    public bool DaemonRuns => !_isFrozen && !_isKilled;

    /// <summary>A moment, until one looks again.</summary>
    public static void Wait() => MonotonicClock.TryWaitUntil(MonotonicClock.NowNs + LookNs);

    public bool Shows(RigExpectation expectation) => expectation.Shows is null
        ? true
        : throw new NotSupportedException("An expectation under a condition needs a controller in this process.");

    public string? Act(RigAction action)
    {
        try
        {
            switch (action)
            {
                case MoveAction move:
                    Ask("take");
                    _isLeased = true;
                    Follow();
                    daemon.Connection.MoveTo(move.Goal);
                    break;
                case FaultAction fault:
                    arm.Change(() => fault.Fault.Cause(rig, fault.Joint, fault.Value));
                    Follow();
                    break;
                case MendAction:
                    arm.Change(rig.MendAll);
                    Follow();
                    break;
                default:
                    Ask(WordOf(action));
                    break;
            }

            return null;
        }
        catch (IOException refusal)
        {
            return refusal.Message;
        }
    }

    /// <summary>Does to the daemon what the rig's faults say of its loop and its lease.</summary>
    public void Follow()
    {
        if (rig.LoopIsDead && !_isKilled)
        {
            clock.Hold(daemon.Kill());
            _isKilled = true;
        }
        else if (!rig.LoopRuns && DaemonRuns)
        {
            clock.Hold(daemon.Freeze());
            _isFrozen = true;
        }
        else if (rig.LoopRuns && _isFrozen)
        {
            daemon.Thaw();
            clock.Release(MonotonicClock.NowNs);
            _isFrozen = false;
        }

        if (_isLeased && rig.LeaseRenewed)
        {
            _lease ??= new(daemon.Connection);
        }
        else
        {
            _lease?.Dispose();
            _lease = null;
        }
    }

    /// <summary>After the daemon: what it is asked in vain ends with it.</summary>
    public void Dispose() => _lease?.Dispose();

    private static string WordOf(RigAction action) => action switch
    {
        ClearAction => "clear",
        RequestAction { Request: OperatorRequest.Hold } => "hold",
        RequestAction => "stop",
        DeactivateAction => "deactivate",
        ActivateAction => "activate",
        _ => throw new NotSupportedException($"{action} is no command of the daemon."),
    };

    /// <summary>A frozen daemon hears it when it runs again.</summary>
    private void Ask(string command)
    {
        while (_isFrozen)
        {
            Wait();
            Follow();
        }

        daemon.Connection.Ask(command);
    }
}
