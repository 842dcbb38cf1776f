using LiquidControl.Realtime;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// An arm that moves on the machine's own clock: a thread takes the plant up to now every millisecond, and whoever reaches the chips before it
/// does, with the drives then at the bridges.
/// </summary>
public sealed class RealTimeArm : EmulatedArm, IDisposable
{
    private const long PeriodNs = 1_000_000;

    /// <summary>A plant not older than this, ns, is not moved on for a call.</summary>
    private const long RecentNs = 250_000;

    private readonly RealtimeThread _thread;
    private volatile bool _stopping;
    private long _movedNs;

    /// <summary>Starts to move at once.</summary>
    /// <param name="newArm">Makes the arm with the electronics it is given.</param>
    /// <param name="electronics">The board the nodes stand in front of.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="start">Where it stands at first, rad.</param>
    /// <param name="processor">Where the plant is computed; null: anywhere.</param>
    public RealTimeArm(
        Func<IArmElectronics, SimulatedArm> newArm, BoardElectronics electronics, EmulatedNodes nodes, ReadOnlySpan<double> start, int? processor = null)
        : base(newArm, electronics, nodes, start)
    {
        // A step is compiled now, not when the first one is due and a loop waits for it.
        Arm.Advance(PeriodNs, mayDrop: false);
        Reset();
        _movedNs = MonotonicClock.NowNs;
        nodes.Board.CatchUp = CatchUp;
        _thread = RealtimeThread.Start("plant", new(EmulatedNodes.Scheduling, processor), ProcessRights.Current(), Run);
    }

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
    }

    private protected override void MoveToNow()
    {
        long now = MonotonicClock.NowNs;
        Move(_movedNs, now);
        _movedNs = now;
    }

    private void Run()
    {
        long next = _movedNs + PeriodNs;
        while (!_stopping)
        {
            MonotonicClock.TryWaitUntil(next);
            using (StateLock.EnterScope())
            {
                MoveToNow();
            }

            next = Math.Max(next + PeriodNs, MonotonicClock.NowNs);
        }
    }

    private void CatchUp()
    {
        using (StateLock.EnterScope())
        {
            if (MonotonicClock.NowNs - _movedNs > RecentNs)
            {
                MoveToNow();
            }
        }
    }
}
