using System.Diagnostics;
using LiquidControl.Cli.Benchmarks;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Realtime;
using LiquidControl.Rig;
using LiquidControl.Simulation;
using LiquidControl.Simulation.Chips;
using LiquidControl.Simulation.Nodes;

namespace LiquidControl.Cli.Rigs.Nodes;

/// <summary>
/// A scenario free-running: plant and board in this process on the machine's clock, behind emulated device nodes; the daemon, unmodified, a
/// process of its own on them. Judged is what the daemon writes into its ring, and what plant and board did.
/// </summary>
internal sealed class NodeRun : IDisposable
{
    /// <summary>A loop that writes no cycle for so long does not run any more, s.</summary>
    private const double Patience = 3.0;

    /// <summary>Of the thread that looks on: below the plant and the nodes, before all of the usual kind.</summary>
    private static readonly SchedulingRequest Scheduling = new(SchedulingPolicy.Fifo, Priority: 20);

    /// <summary>As `hil up` has it: calls are answered where the daemon's loop runs, the rest is done elsewhere.</summary>
    private static readonly int? LoopProcessor = Environment.ProcessorCount < 2 ? null : Environment.ProcessorCount - 1, OtherProcessor = Environment.ProcessorCount < 2 ? null : 0;

    private readonly RigScenario _scenario;
    private readonly EmulatorFolder _folder = new();
    private readonly PlantTape _tape;
    private readonly LoopClock _clock;
    private readonly long _periodNs;
    private readonly EmulatedRobot? _emulated;
    private readonly EmulatorSocket? _socket;
    private readonly DaemonOnNodes? _daemon;
    private readonly DaemonCycles? _cycles;
    private readonly DaemonSide? _side;
    private readonly RigCourse _course;
    private bool _hasRun;
    private long _heardNs;
    private long _observedNs;

    /// <summary>Brings up the nodes and starts the daemon.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="program">The daemon.</param>
    /// <exception cref="IOException">The nodes cannot be made.</exception>
    /// <exception cref="BadInputException">The daemon does not start.</exception>
    public NodeRun(RigScenario scenario, CheckoutProgram program)
    {
        _scenario = scenario;
        RobotConfiguration robot = scenario.Robot;
        _tape = new(robot.Arm.JointCount);
        _periodNs = (long)Math.Round(1e9 / robot.Arm.Rate);
        _clock = new(_periodNs);
        try
        {
            Rehearse();
            SimulatedArm arm = null!;
            _emulated = new(
                robot, electronics => arm = NewArm(electronics), scenario.Start, new NodeLayout(), _folder.Run, _folder.Devices, LoopProcessor);
            _emulated.Arm.Change(() => { });
            _emulated.Arm.Observer = _tape;
            RigArm rig = new(robot, arm, _emulated.Board);

            _socket = new(_emulated);
            _daemon = new(_folder, program, Path.GetFullPath(robot.Path), "--controller", ControllerNames.Of(scenario.Controller));
            _cycles = new(_daemon.Ring, robot.Arm.JointCount);
            _side = new(_daemon, _emulated.Arm, rig, _clock);

            // A cycle may begin a period after the event, and is over a period after it began.
            _course = new(scenario, rig, _side, grace: 2e-9 * _periodNs);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private RigMoment Moment => new()
    {
        State = _hasRun ? _cycles!.Last.State : ControlState.Inactive,
        Faults = _hasRun ? _cycles!.Last.Faults : FaultCause.None,
        ResidualFault = _hasRun ? _cycles!.Last.ResidualFault : ResidualFault.None,
        Notices = _hasRun ? _cycles!.Last.Notices : Notices.None,
        Phase = _hasRun ? _cycles!.Last.Phase : ReferencePhase.Hold,
        BridgesEnabled = _tape.BridgesEnabled,
        PlantTime = 1e-9 * _tape.TimeNs,
        Position = _tape.Position,
        Velocity = _tape.Velocity,
    };

    /// <summary>Once.</summary>
    public NodeAttempt Run(IRigObserver? observer, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        RealtimeThread.Start("rig", new(Scheduling, OtherProcessor), ProcessRights.Current(), () => Follow(observer, cancellation)).Join();
        double seconds = _side!.Time;
        RigResult result = new()
        {
            Name = _scenario.Name,
            Path = _scenario.Path,
            Seed = _scenario.Seed,
            Failures = _course.Failures,
            FinalState = Moment.State,
            Faults = _course.Faults,
            Reactions = _course.Reactions,
            Seconds = seconds,
            RealTimeFactor = seconds / Stopwatch.GetElapsedTime(began).TotalSeconds,
        };
        return new(result, _clock.Cycles, _clock.Skipped, 1e-6 * _clock.LongestGapNs);
    }

    public void Dispose()
    {
        _daemon?.Dispose();
        _side?.Dispose();
        _cycles?.Dispose();
        _socket?.Dispose();
        _emulated?.Dispose();
        _folder.Dispose();
    }

    /// <summary>The real clock has periods and delays of its own.</summary>
    private SimulatedArm NewArm(IArmElectronics electronics)
    {
        RobotConfiguration robot = _scenario.Robot;
        Scenario plant = _scenario.Plant with { PeriodJitter = 0.0, DelayCycles = 0 };
        return SimulatedArm.ForEpisode(robot.Arm, plant, _scenario.Seed, electronics, robot.Arm.Rate, robot.EffectsIn(plant));
    }

    /// <summary>Causes the faults once on an arm that nobody drives: the nodes must not wait for what is compiled when it is called first.</summary>
    private void Rehearse()
    {
        var board = new EmulatedArmBoard(_scenario.Robot.Wiring!);
        SimulatedArm arm = NewArm(new BoardElectronics(board));
        arm.Reset(_scenario.Start);
        RigArm rig = new(_scenario.Robot, arm, board);
        foreach (FaultAction action in _scenario.Events.Select(happens => happens.Action).OfType<FaultAction>())
            action.Fault.Cause(rig, action.Joint, action.Value);
        rig.MendAll();
    }

    private void Follow(IRigObserver? observer, CancellationToken cancellation)
    {
        Begin();
        while (_side!.Time < _scenario.Duration)
        {
            cancellation.ThrowIfCancellationRequested();
            LookOn(observer);
            _course.Cause(Moment);
            _side.Follow();
            if (IsSilent())
            {
                _course.Fail(_side.Time, $"the daemon's loop has written no cycle for {Patience:F0} s");
                break;
            }

            DaemonSide.Wait();
        }

        LookOn(observer);
        _course.End(Moment, _side.Time);
        if (_tape.Lost + _cycles!.Lost > 0)
            _course.Fail(_side.Time, $"{_tape.Lost} steps of the plant and {_cycles.Lost} cycles were lost before they were looked at");
    }

    /// <summary>Time begins with the activation that the daemon writes first, else now.</summary>
    private void Begin()
    {
        _heardNs = MonotonicClock.NowNs;
        _clock.Start(_heardNs);
        _clock.Hold(_heardNs);
        _tape.FromNow();
        if (!_scenario.IsActivated)
            return;
        if (_side!.Act(new ActivateAction()) is { } refusal)
            _course.Fail(0.0, $"activation refused: {refusal}");
        if (!_cycles!.HasNext)
            return;
        _clock.Start(_cycles.NextNs);
        while (_tape.Read(_cycles.NextNs)) _observedNs = _tape.TimeNs;
    }

    /// <summary>Judges every step of the plant until now, each with the cycle that had begun by then.</summary>
    private void LookOn(IRigObserver? observer)
    {
        long now = MonotonicClock.NowNs;
        bool hasNext = _cycles!.HasNext;
        while (_tape.Read(now))
        {
            while (hasNext && _cycles.NextNs <= _tape.TimeNs)
            {
                Take();
                hasNext = _cycles.HasNext;
            }

            double time = _clock.At(_tape.TimeNs);
            _course.Look(Moment, time);
            if (_tape.TimeNs - _observedNs < _periodNs)
                continue;
            _observedNs = _tape.TimeNs;
            observer?.Observe(time, Moment, _cycles.Last);
        }
    }

    private void Take()
    {
        if (!_hasRun)
            _clock.Release(_cycles!.NextNs);
        _cycles!.Take();
        _clock.Cycle(_cycles.LastNs);
        _heardNs = MonotonicClock.NowNs;
        _hasRun = true;
    }

    private bool IsSilent()
    {
        if (!_hasRun || !_side!.DaemonRuns)
            _heardNs = MonotonicClock.NowNs;
        return MonotonicClock.NowNs - _heardNs > 1e9 * Patience;
    }
}
