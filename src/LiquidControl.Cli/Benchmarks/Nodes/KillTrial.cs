using LiquidControl.Cli.Daemon;
using LiquidControl.Cli.Reports;
using LiquidControl.Cli.Rigs.Nodes;
using LiquidControl.Hosting;
using LiquidControl.Numerics;

namespace LiquidControl.Cli.Benchmarks.Nodes;

/// <summary>
/// Kills the daemon at random moments between its being told to activate and a while after a move, and now and then freezes it first, as a
/// machine that hangs. Looks at the emulated electronics: when did the bridges go off? And does the next daemon say why it will not activate?
/// </summary>
/// <param name="emulator">Of the robot.</param>
/// <param name="program">The daemon.</param>
/// <param name="robot">What it drives.</param>
/// <param name="seed">Of the moments.</param>
internal sealed class KillTrial(EmulatorProcess emulator, CheckoutProgram program, RobotConfiguration robot, ulong seed)
{
    /// <summary>Of the monostable that the heartbeat feeds.</summary>
    private const double WatchdogMs = 10.0;

    /// <summary>A move of the usual robot takes about 1.3 s of it.</summary>
    private const double LatestMomentS = 2.5;

    /// <summary>So many kills, then one freeze.</summary>
    private const int KillsAFreeze = 10;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterEnd = TimeSpan.FromMilliseconds(30);

    private readonly List<double> _offMs = [];
    private readonly List<double> _plantMs = [];
    private int _stillOn;
    private int _unreported;
    private int _notRefused;
    private int _powered;
    private readonly List<string> _refusals = [];

    public KillReport Run(int count, Action<double> progress, CancellationToken cancellation)
    {
        int freezes = count / KillsAFreeze;
        RandomStream random = new(seed);
        DaemonOnNodes daemon = new(emulator.Folder, program, Path.GetFullPath(robot.Path));
        try
        {
            for (int i = 0; i < count + freezes; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var moment = TimeSpan.FromSeconds(random.NextDouble() * LatestMomentS);
                bool wasPowered = EndAt(daemon, moment, freeze: i % (KillsAFreeze + 1) == KillsAFreeze, robot.Arm.Poses["place"]);
                daemon.Dispose();
                daemon = new(emulator.Folder, program, Path.GetFullPath(robot.Path));
                Ask(daemon.Connection, wasPowered);
                progress((i + 1.0) / (count + freezes));
            }
        }
        finally
        {
            daemon.Dispose();
        }

        double longestGapMs = emulator.Status.LongestGapMs;
        bool isKept = _stillOn == 0 && _unreported == 0 && _notRefused == 0 && _offMs.TrueForAll(ms => ms <= WatchdogMs);
        return new(
            isKept, count, freezes, _powered, WatchdogMs, Median(_offMs), _offMs.DefaultIfEmpty().Max(), Median(_plantMs),
            _plantMs.DefaultIfEmpty().Max(), longestGapMs, _stillOn, _unreported, _notRefused, [.. _refusals]);
    }

    /// <summary>False when the end came before the outputs were on.</summary>
    private bool EndAt(DaemonOnNodes daemon, TimeSpan moment, bool freeze, double[] goal)
    {
        long before = emulator.Status.HeartbeatExpiresNs;
        var moving = Task.Run(() => Move(daemon.Connection, goal));
        Thread.Sleep(moment);
        long ended = freeze ? daemon.Freeze() : daemon.Kill();
        Thread.Sleep(AfterEnd);
        var status = emulator.Status;
        if (freeze) daemon.Kill();
        string? refusal = moving.Result;
        _stillOn += status.BridgesEnabled ? 1 : 0;
        if (refusal is not null) _refusals.Add(refusal);
        if (refusal is not null || status.HeartbeatExpiresNs == before) return false;
        _powered++;
        _offMs.Add((status.HeartbeatExpiresNs - ended) * 1e-6);
        _plantMs.Add((status.BridgesSeenOffNs - ended) * 1e-6);
        emulator.PutBack();
        return true;
    }

    /// <summary>As long as the daemon lives. Why it would not be activated; null if it was, or did not live to say.</summary>
    private static string? Move(DaemonConnection daemon, double[] goal)
    {
        try
        {
            daemon.Ask("activate");
        }
        catch (DaemonRefusalException refusal)
        {
            return refusal.Message;
        }
        catch (IOException)
        {
            return null;
        }

        try
        {
            daemon.Ask("take");
            using LeaseKeeper lease = new(daemon);
            daemon.MoveTo(goal);
            while (true)
            {
                Thread.Sleep(Look);
                lease.ThrowIfLost();
            }
        }
        catch (IOException)
        {
            // It was killed: that is the point.
            return null;
        }
    }

    /// <summary>Of a daemon after a killed one: it says so, refuses to activate, and does not once it is cleared.</summary>
    private void Ask(DaemonConnection daemon, bool wasPowered)
    {
        bool reports = daemon.Status().Latch is not null;
        _unreported += wasPowered && !reports ? 1 : 0;
        if (!reports) return;
        try
        {
            daemon.Ask("activate");
            _notRefused++;
        }
        catch (DaemonRefusalException)
        {
            daemon.Ask("clear");
        }
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0.0 : sorted[sorted.Length / 2];
    }
}
