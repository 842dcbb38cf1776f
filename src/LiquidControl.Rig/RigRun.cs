using System.Diagnostics;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Numerics;
using LiquidControl.Simulation;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Rig;

/// <summary>Looks on, once a cycle, after the cycle and before the plant moves on.</summary>
public interface IRigObserver
{
    /// <param name="time">From activation, s.</param>
    /// <param name="cycle">The controller.</param>
    /// <param name="arm">The arm.</param>
    void Observe(double time, ControlCycle cycle, RigArm arm);
}

/// <summary>
/// A scenario in lockstep: the controller of the real arm with its drivers, emulated chips and a plant, on one stepped clock, so that a run
/// is the same bit for bit and as fast as the machine can.
/// </summary>
public sealed class RigRun
{
    /// <summary>
    /// Who gets an arm going again tries for so long, s: a frame that was lost just then refuses an activation, and so does an arm that still
    /// swings.
    /// </summary>
    private const double Patience = 3.0;

    private readonly RigScenario _scenario;
    private readonly SimulatedArm _arm;
    private readonly RigArm _rig;
    private readonly RigClock _clock;
    private readonly ControlCycle _cycle;
    private readonly List<string> _failures = [];
    private readonly List<PendingExpectation> _pending = [];
    private readonly List<RigReaction> _reactions = [];
    private readonly LimitWatch _limits;
    private FaultCause _faults;
    private int _next;
    private double _time;
    private double _lastEvent;
    private double? _stateSince;
    private bool _isLeased;
    private bool _isHeld = true;
    private bool _isMended;

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
        _limits = new LimitWatch(robot.Arm, scenario.Outcome);
    }

    public RigResult Run(IRigObserver? observer = null, CancellationToken cancellation = default)
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
            Cause();
            if (_rig.LoopRuns)
            {
                if (_isLeased && _rig.LeaseRenewed)
                    _cycle.Lease.Renew(_arm.Clock.NowNs);
                _clock.BeginCycle();
                allocation.Start();
                _cycle.Step();
                allocation.Stop();
            }

            _faults |= _cycle.Faults;
            Look();
            observer?.Observe(_time, _cycle, _rig);
            _time += _arm.AdvanceCycle() * 1e-9;
            _isHeld &= !_cycle.OutputsOn;
            if (_isHeld)
                _arm.Reset(_scenario.Start);
        }

        End();
        StateHash hash = default;
        hash.Add(unchecked((long)_cycle.StateHash));
        _arm.AddTo(ref hash);
        return new()
        {
            Name = _scenario.Name,
            Path = _scenario.Path,
            Seed = _scenario.Seed,
            Failures = _failures,
            FinalState = _cycle.State,
            Faults = _faults,
            Reactions = _reactions,
            Seconds = _time,
            RealTimeFactor = _time / Stopwatch.GetElapsedTime(began).TotalSeconds,
            AllocatedBytes = allocation.Total,
            StateHash = hash.Value,
        };
    }

    private void Cause()
    {
        while (_next < _scenario.Events.Count && IsDue(_scenario.Events[_next]))
        {
            RigEvent due = _scenario.Events[_next];
            string? refusal = Act(due.Action);
            if (due.Action is RecoverAction && refusal is not null && _time < due.At + Patience)
                return;
            _next++;
            _lastEvent = _time;
            _stateSince = null;
            if (due.Expectation is { } expectation)
                _pending.Add(new(expectation, _next, refusal) { Since = _time });
            else if (refusal is not null)
                Fail($"event {_next}: refused: {refusal}");
        }
    }

    private bool IsDue(RigEvent next)
    {
        // A period of the clock may end a nanosecond before the time it stands for.
        const double Early = 1e-6;
        if (next.InState is not { } state)
            return _time >= next.At - Early;
        if (_cycle.State == state && _time > _lastEvent)
            _stateSince ??= _time;
        return _stateSince is { } since && _time >= since + next.At - Early;
    }

    /// <summary>Null, or why it was refused.</summary>
    private string? Act(RigAction action)
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
                    _isMended = false;
                    _reactions.Add(new(fault.Fault.Name, _time, _cycle.Reference.Phase, ControlState.Active, null));
                    return null;
                case MendAction:
                    _rig.MendAll();
                    _pending.RemoveAll(pending => pending.Expectation.Shows is not null);
                    _isMended = true;
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

    private void Look()
    {
        if (!_isMended && _cycle.State != ControlState.Active && _reactions.Count > 0 && _reactions[^1] is { SafeMs: null } latest)
            _reactions[^1] = latest with { State = _cycle.State, SafeMs = 1e3 * (_time - latest.At) };
        if (_limits.Exceeded(_arm.Plant, _rig.Board.BridgesEnabled, _cycle.State) is { } limit)
            Fail(limit);
        for (int i = _pending.Count - 1; i >= 0; i--)
        {
            PendingExpectation pending = _pending[i];
            string? missing = pending.Missing(_cycle, _rig);
            if (missing is null)
                _pending.RemoveAt(i);
            else if (pending.Expectation.Shows?.Invoke(_cycle, _rig) == false)
                pending.Since = _time;
            else if (_time >= pending.Since + pending.Expectation.Within - 1e-6)
            {
                Fail(missing);
                _pending.RemoveAt(i);
            }
        }
    }

    private void End()
    {
        foreach (PendingExpectation pending in _pending.Where(pending => pending.Expectation.Shows is null))
            Fail(pending.Missing(_cycle, _rig) + " when the scenario ended");
        for (; _next < _scenario.Events.Count; _next++)
            Fail($"event {_next + 1} never happened: the scenario ended before");
        if (_scenario.Outcome.Final is { } final && _cycle.State != final)
            Fail($"at the end: found the state {_cycle.State} ({_cycle.Faults}), expected {final}");
        if (_scenario.Outcome.NoFault && _faults != FaultCause.None)
            Fail($"found the faults {_faults}, expected none");
        if (_rig.Board.ReversalsUnderDrive > 0)
            Fail($"{_rig.Board.ReversalsUnderDrive} bridges were reversed while they drove");
    }

    private void Fail(string what) => _failures.Add(FormattableString.Invariant($"{_time:F3} s: {what}"));
}
