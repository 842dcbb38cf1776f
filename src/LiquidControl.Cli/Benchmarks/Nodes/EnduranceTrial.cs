using LiquidControl.Cli.Daemon;
using LiquidControl.Cli.Reports;
using LiquidControl.Cli.Rigs.Nodes;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Realtime;
using LiquidControl.Robotics;

namespace LiquidControl.Cli.Benchmarks.Nodes;

/// <summary>
/// The daemon drives the arm back and forth through the nodes for minutes, while readers of its ring come, go and are killed, and in turn with
/// them, as many times, processes that do all the same but read the ring: what both do to the loop is this machine's, not the ring's.
/// </summary>
/// <param name="emulator">Of the robot.</param>
/// <param name="daemon">On its nodes.</param>
/// <param name="robot">What it drives.</param>
internal sealed class EnduranceTrial(EmulatorProcess emulator, DaemonOnNodes daemon, RobotConfiguration robot)
{
    private const double WithinMm = 1.0;

    /// <summary>Short enough that a minute has several.</summary>
    private const double LongestPhaseS = 15.0;

    private const int PhasesAtLeast = 8;

    /// <summary>From the end of a move until its error is measured, and until the next begins.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(0.5), Rest = TimeSpan.FromSeconds(1.0);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20), MoveLimit = TimeSpan.FromSeconds(10);

    /// <summary>A cycle late from shortly before a reader came or went until so long after may have to do with it.</summary>
    private const long BeforeNs = 20_000_000, AfterNs = 200_000_000;

    private readonly List<(long Ns, long Skipped)> _skips = [];
    private readonly List<string> _faults = [];
    private int _moves;
    private int _missed;
    private double _worstMm;
    private PhaseCount _withReader;
    private PhaseCount _withStranger;

    public async Task<EnduranceReport> RunAsync(TimeSpan duration, Action<double> progress, CancellationToken cancellation)
    {
        using RingReaders readers = new(daemon.Ring), strangers = new(null);
        daemon.Connection.Ask("activate");
        var before = daemon.Connection.Status();
        long start = MonotonicClock.NowNs, end = start + (long)duration.TotalNanoseconds;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var moving = Task.Run(() => MoveUntil(end, over.Token), CancellationToken.None);
        try
        {
            double phaseS = Math.Min(LongestPhaseS, duration.TotalSeconds / PhasesAtLeast);
            for (int phase = 0; MonotonicClock.NowNs < end && !moving.IsCompleted; phase++)
            {
                long until = Math.Min(end, MonotonicClock.NowNs + (long)(1e9 * phaseS));
                await PhaseAsync(phase % 4, phase % 2 == 0 ? readers : strangers, until, now => progress((now - start) / duration.TotalNanoseconds), moving, cancellation);
            }
        }
        finally
        {
            await over.CancelAsync();
            await moving;
        }

        var after = daemon.Connection.Status();
        double seconds = (MonotonicClock.NowNs - start) * 1e-9;
        daemon.Stop();
        var (records, torn) = LastRecords();
        return new(
            _missed == 0 && _faults.Count == 0 && torn + readers.RecordsTorn == 0, robot.Arm.Name, seconds, after.Cycles - before.Cycles,
            after.Skipped - before.Skipped, _skips.Count - 1, _withReader.LatePerMille, _withStranger.LatePerMille, StallsNear(readers), StallsNear(strangers),
            _moves, _missed, _worstMm, [.. _faults], readers.Attached, readers.Killed, readers.RecordsRead, readers.RecordsLost, readers.RecordsTorn,
            records, torn, emulator.Status.LongestGapMs);
    }

    /// <summary>0: with a reader that then ends, 2: that is killed; 1 and 3: the same with a stranger to the ring.</summary>
    private async Task PhaseAsync(int kind, RingReaders readers, long untilNs, Action<long> progress, Task moving, CancellationToken cancellation)
    {
        await readers.AttachAsync(cancellation);
        var before = daemon.Connection.Status();
        while (MonotonicClock.NowNs < untilNs && !moving.IsCompleted)
        {
            await Task.Delay(Look, cancellation);
            NoteSkips();
            progress(MonotonicClock.NowNs);
        }

        var after = daemon.Connection.Status();
        if (kind < 2) await readers.DetachAsync(cancellation);
        else readers.Kill();
        PhaseCount count = new(after.Cycles - before.Cycles, after.Skipped - before.Skipped);
        if (kind % 2 == 0) _withReader += count;
        else _withStranger += count;
    }

    private void NoteSkips()
    {
        long skipped = daemon.Connection.Status().Skipped;
        if (_skips.Count == 0 || _skips[^1].Skipped != skipped) _skips.Add((MonotonicClock.NowNs, skipped));
    }

    private void MoveUntil(long endNs, CancellationToken cancellation)
    {
        daemon.Connection.Ask("take");
        using LeaseKeeper lease = new(daemon.Connection);
        for (int i = 0; MonotonicClock.NowNs < endNs && !cancellation.IsCancellationRequested; i++)
        {
            double[] goal = robot.Arm.Poses[i % 2 == 0 ? "place" : "home"];
            _moves++;
            try
            {
                daemon.Connection.MoveTo(goal);
                AwaitRest(lease);
                Thread.Sleep(Settling);
                if (daemon.Connection.Status().State == nameof(ControlState.Active)) Judge(goal);
                else if (!Recover(lease)) return;
            }
            catch (DaemonRefusalException)
            {
                // The arm stopped between two looks at it.
                if (!Recover(lease)) return;
            }

            Thread.Sleep(Rest);
        }
    }

    /// <summary>Notes what stopped the arm, and clears it once the arm rests. False when it comes back again and again: the trial ends.</summary>
    private bool Recover(LeaseKeeper lease)
    {
        var status = daemon.Connection.Status();
        _faults.Add($"{status.State}: {status.Faults}");
        _missed++;
        long limit = MonotonicClock.NowNs + (long)MoveLimit.TotalNanoseconds;
        while (daemon.Connection.Status().State != nameof(ControlState.Active))
        {
            if (MonotonicClock.NowNs > limit)
            {
                _faults.Add("the fault came back each time it was cleared; the trial ended there");
                return false;
            }

            Thread.Sleep(Settling);
            lease.ThrowIfLost();
            try
            {
                daemon.Connection.Ask("clear");
            }
            catch (DaemonRefusalException)
            {
                // Still coming to rest.
            }

            Thread.Sleep(Look);
        }

        return true;
    }

    private void AwaitRest(LeaseKeeper lease)
    {
        long limit = MonotonicClock.NowNs + (long)MoveLimit.TotalNanoseconds;
        Thread.Sleep(Look);
        while (daemon.Connection.Status().Phase != nameof(ReferencePhase.Hold) && MonotonicClock.NowNs < limit)
        {
            Thread.Sleep(Look);
            lease.ThrowIfLost();
        }
    }

    private void Judge(double[] goal)
    {
        var model = robot.Arm.Model;
        var wanted = ForwardKinematics.Tool(model, new RigidBodyWorkspace(model), goal).Translation;
        double[] tool = emulator.Status.ToolM;
        double errorMm = 1e3 * (new Vector3(tool[0], tool[1], tool[2]) - wanted).Norm;
        _worstMm = Math.Max(_worstMm, errorMm);
        _missed += errorMm > WithinMm ? 1 : 0;
    }

    /// <summary>How often the loop was noticed to have been late about when one of them came or went; the first note is where it began.</summary>
    private int StallsNear(RingReaders readers) =>
        _skips.Skip(1).Count(skip => readers.EventsNs.Any(at => skip.Ns >= at - BeforeNs && skip.Ns <= at + AfterNs));

    /// <summary>What the ring still holds.</summary>
    private (long Records, long Torn) LastRecords()
    {
        using var ring = SharedRingReader.Open(daemon.Ring);
        byte[] record = new byte[ring.RecordBytes];
        long records = 0;
        while (ring.TryRead(record, out _) is not RingRead.Empty and var read) records += read == RingRead.Record ? 1 : 0;
        return (records, ring.Corrupt);
    }

    private readonly record struct PhaseCount(long Cycles, long Skipped)
    {
        public double LatePerMille => 1e3 * Skipped / Math.Max(1, Cycles + Skipped);

        public static PhaseCount operator +(PhaseCount left, PhaseCount right) => new(left.Cycles + right.Cycles, left.Skipped + right.Skipped);
    }
}
