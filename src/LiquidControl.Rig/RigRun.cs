using System.Diagnostics;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Numerics;
using LiquidControl.Simulation;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Rig;

/// <summary>
/// A scenario in lockstep: the controller of the real arm with its drivers, emulated chips and a plant, on one stepped clock, so that a run
/// is the same bit for bit and as fast as the machine can.
/// </summary>
public sealed class RigRun : IRigSide
{
    private readonly RigScenario _scenario;
    private readonly SimulatedArm _arm;
    private readonly RigArm _rig;
    private readonly RigClock _clock;
    private readonly ControlCycle _cycle;
    private readonly RigCourse _course;
    private double _time;
    private bool _isLeased;
    private bool _isHeld = true;

    /// <param name="scenario">What to run.</param>
    /// <param name="without">What to run it without; null for nothing.</param>
    /// <exception cref="FileNotFoundException">The law needs a network that has not been trained.</exception>
    public RigRun(RigScenario scenario, Protection? without = null)
    {
        _scenario = scenario;
        RobotConfiguration robot = scenario.Robot;
        var board = new EmulatedArmBoard(robot.Wiring!);
        ArmDescription believed = SimulatedRobot.BelievedArm(robot);
        ControllerSettings settings = without?.Settings(robot.Controller) ?? robot.Controller;
        _arm = SimulatedArm.ForEpisode(robot.Arm, scenario.Plant, scenario.Seed, new BoardElectronics(board), robot.Arm.Rate, robot.EffectsIn(scenario.Plant));
        _rig = new RigArm(robot, _arm, board);
        _clock = new RigClock(_arm.Clock);
        LiquidPolicy? policy = SimulatedRobot.LoadPolicy(robot, scenario.Controller, believed, network =>
            _rig.Network = new RigNetwork(network, _clock, (long)(2e9 * robot.Controller.PolicyBudget / robot.Arm.Rate)));
        _cycle = new ControlCycle(believed, settings, scenario.Controller, _arm.Hardware, _clock, policy)
        {
            Unwatched = without?.Unwatched ?? FaultCause.None,
        };
        _course = new RigCourse(scenario, _rig, this, grace: 0.0);
    }

    double IRigSide.Time => _time;

    private RigMoment Moment => new()
    {
        State = _cycle.State,
        Faults = _cycle.Faults,
        ResidualFault = _cycle.ResidualFault,
        Notices = _cycle.Notices,
        Phase = _cycle.Reference.Phase,
        BridgesEnabled = _rig.Board.BridgesEnabled,
        PlantTime = _arm.Plant.Time,
        Position = _arm.Plant.Position,
        Velocity = _arm.Plant.Velocity,
    };

    /// <param name="observer">Looks on.</param>
    /// <param name="speed">Times real time; null: as fast as the machine can.</param>
    /// <param name="cancellation">Ends it.</param>
    public RigResult Run(IRigObserver? observer = null, double? speed = null, CancellationToken cancellation = default)
    {
        long began = Stopwatch.GetTimestamp();
        AllocationMeter allocation = default;
        _arm.Reset(_scenario.Start);
        _cycle.Configure();
        if (_scenario.IsActivated)
            _cycle.Activate();
        while (_time < _scenario.Duration)
        {
            cancellation.ThrowIfCancellationRequested();
            _course.Cause(Moment);
            if (_rig.LoopRuns)
            {
                if (_isLeased && _rig.LeaseRenewed)
                    _cycle.Lease.Renew(_arm.Clock.NowNs);
                _clock.BeginCycle();
                allocation.Start();
                _cycle.Step();
                allocation.Stop();
            }

            _course.Look(Moment, _time);
            observer?.Observe(_time, Moment, _cycle.Ring.Newest(0));
            _time += _arm.AdvanceCycle() * 1e-9;
            _isHeld &= !_cycle.OutputsOn;
            if (_isHeld)
                _arm.Reset(_scenario.Start);
            if (speed is { } times && TimeSpan.FromSeconds(_time / times) - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } early)
                Thread.Sleep(early);
        }

        _course.End(Moment, _time);
        StateHash hash = default;
        hash.Add(unchecked((long)_cycle.StateHash));
        _arm.AddTo(ref hash);
        return new()
        {
            Name = _scenario.Name,
            Path = _scenario.Path,
            Seed = _scenario.Seed,
            Failures = _course.Failures,
            FinalState = _cycle.State,
            Faults = _course.Faults,
            Reactions = _course.Reactions,
            Seconds = _time,
            RealTimeFactor = _time / Stopwatch.GetElapsedTime(began).TotalSeconds,
            AllocatedBytes = allocation.Total,
            StateHash = hash.Value,
        };
    }

    bool IRigSide.Shows(RigExpectation expectation) => expectation.Shows?.Invoke(_cycle, _rig) ?? true;

    string? IRigSide.Act(RigAction action)
    {
        try
        {
            switch (action)
            {
                case MoveAction move:
                    _isLeased = true;
                    _cycle.Lease.Renew(_arm.Clock.NowNs);
                    _cycle.Setpoints.Post(move.Goal);
                    return null;
                case FaultAction fault:
                    fault.Fault.Cause(_rig, fault.Joint, fault.Value);
                    return null;
                case MendAction:
                    _rig.MendAll();
                    return null;
                case RecoverAction when _cycle.State == ControlState.Active:
                    return null;
                case ClearAction:
                case RecoverAction when _cycle.OutputsOn:
                    return _cycle.ClearFault() ? null : $"nothing to clear in the state {_cycle.State}, or the arm still comes to rest";
                case RequestAction request:
                    _cycle.Requests.Ask(request.Request);
                    return null;
                case DeactivateAction:
                    _cycle.Deactivate();
                    return null;
                default:
                    _cycle.Activate();
                    return null;
            }
        }
        catch (Exception e) when (e is HardwareException or InvalidOperationException)
        {
            return e.Message;
        }
    }
}
