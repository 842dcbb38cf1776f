using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Realtime;
using LiquidControl.Robotics;
using LiquidControl.Simulation;

namespace LiquidControl.Cli.Daemon;

/// <summary>
/// One motion through a running daemon: takes control, gives the goal, renews the lease, and follows the cycles in the ring until the arm has
/// settled, or a fault ended the motion.
/// </summary>
internal sealed class DaemonMove : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>A loop that writes nothing for so long does not run; also how long a hold may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly DaemonConnection _daemon;
    private readonly RingFollower _ring;
    private readonly CycleTable _cycles;

    /// <exception cref="IOException">There is no daemon, or no ring.</exception>
    public DaemonMove(string socket, string ring)
    {
        _daemon = DaemonConnection.Open(socket);
        try
        {
            _ring = RingFollower.Open(ring);
            if (_daemon.DaemonProcess is > 0 and var process && process != _ring.WriterProcess)
            {
                throw new BadInputException(
                    $"--ring: found the ring of process {_ring.WriterProcess}, expected that of the daemon at {socket}, process {process}. Give --socket and --ring of the same daemon.");
            }

            _cycles = new(_ring.Description);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the daemon drives.</summary>
    public string Robot => _ring.Description.Robot;

    /// <summary>Where the arm stands, rad; null where no cycle tells.</summary>
    public double[]? Position()
    {
        var all = _ring.ReadAll();
        return all.Rows.Count == 0 ? null : all.Joints(all.Rows[^1], "position");
    }

    /// <summary>Refuses a daemon that takes no goal now.</summary>
    /// <param name="activate">Whether to switch the outputs on where they are off.</param>
    /// <exception cref="BadInputException">In words why.</exception>
    public void Prepare(bool activate)
    {
        var status = _daemon.Status();
        if (status.Latch is { } latch) throw new BadInputException($"daemon: found it latched: {latch} Look at the arm, then: liquidcontrol service clear.");
        if (status.State == nameof(ControlState.Inactive) && activate)
        {
            _daemon.Ask("activate");
            status = _daemon.Status();
        }

        if (status.State == nameof(ControlState.Inactive))
            throw new BadInputException("daemon: found the state Inactive, expected Active. Switch the outputs on with --activate, or before with: liquidcontrol service activate.");
        if (status.State != nameof(ControlState.Active))
            throw new BadInputException($"daemon: found the state {status.State} because of {status.Faults}, expected Active. Look at the arm, then: liquidcontrol service clear.");
        if (status.Phase != nameof(ReferencePhase.Hold))
            throw new BadInputException($"daemon: found the arm in the phase {status.Phase}, expected Hold. Wait for its move to end, or end it: liquidcontrol service hold.");
    }

    /// <summary>Moves there. Gives the cycles since the goal was taken.</summary>
    /// <param name="goal">rad.</param>
    /// <param name="progress">Is told how far the move is, of how much, s.</param>
    /// <param name="cancellation">Ends the move on its path.</param>
    /// <exception cref="IOException">The daemon, or its loop, is gone.</exception>
    /// <exception cref="BadInputException">It refuses the goal.</exception>
    public CycleTable Run(double[] goal, Action<double, double> progress, CancellationToken cancellation)
    {
        _daemon.Ask("take");
        using (LeaseKeeper lease = new(_daemon))
        {
            _ring.FromNewest();
            _daemon.MoveTo(goal);
            AwaitTaken(lease);
            Follow(lease, progress, cancellation);
        }

        _daemon.Ask("release");
        cancellation.ThrowIfCancellationRequested();
        return _cycles;
    }

    public void Dispose()
    {
        _daemon.Dispose();
        _ring?.Dispose();
    }

    /// <summary>The cycles before the goal was taken are none of the move.</summary>
    private void AwaitTaken(LeaseKeeper lease)
    {
        var taken = _ring.Description.Fields.First(field => field.Name == "setpoint_taken");
        CycleTable before = new(_ring.Description);
        int at = 0;
        while (true)
        {
            ReadNew(before, lease);
            while (at < before.Rows.Count && taken.Whole(before.Rows[at].Bytes) == 0) at++;
            if (at < before.Rows.Count) break;
        }

        foreach (var row in before.Rows.Skip(at)) _cycles.Add(row.Sequence, row.Bytes);
        string result = _cycles.Field("setpoint_result").Text(_cycles.Rows[0].Bytes);
        if (result != nameof(TrajectoryResult.Ok)) throw new BadInputException($"goal: the controller refused it: {result}. Choose another goal.");
    }

    private void Follow(LeaseKeeper lease, Action<double, double> progress, CancellationToken cancellation)
    {
        bool held = false;
        while (_cycles.LastWord("state") == nameof(ControlState.Active))
        {
            double elapsed = _cycles.LastNumber("elapsed"), duration = _cycles.LastNumber("duration");
            progress(elapsed, duration);
            bool rests = _cycles.LastWord("phase") == nameof(ReferencePhase.Hold);
            if (rests && (held || elapsed >= duration + MotionRun.HoldAfter)) return;
            if (cancellation.IsCancellationRequested && !held)
            {
                _daemon.Ask("hold");
                held = true;
            }

            ReadNew(_cycles, lease);
        }
    }

    /// <summary>Waits for cycles.</summary>
    private void ReadNew(CycleTable table, LeaseKeeper lease)
    {
        int before = table.Rows.Count;
        long until = MonotonicClock.NowNs + (long)Patience.TotalNanoseconds;
        while (true)
        {
            Thread.Sleep(Look);
            _ring.ReadNew(table);
            if (table.Rows.Count > before) return;
            lease.ThrowIfLost();
            if (_ring.Writer() is not RingWriterState.Writing and var writer)
                throw new IOException($"The daemon {RingFollower.Word(writer)} in the middle of the move. See `liquidcontrol blackbox`.");
            if (MonotonicClock.NowNs > until)
                throw new IOException($"The daemon's loop has written no cycle for {Patience.TotalSeconds:F0} s, expected one each period. See `liquidcontrol service status`.");
        }
    }
}
