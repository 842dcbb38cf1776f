using LiquidControl.Control;

namespace LiquidControl.Rig;

/// <summary>
/// A scenario on its way: what happens when, what must still follow, and what has not held. Whoever runs it says how time passes and what is
/// to be seen.
/// </summary>
/// <param name="scenario">What is to happen.</param>
/// <param name="rig">What it happens to.</param>
/// <param name="side">What does it.</param>
/// <param name="grace">A deadline is over so long after it, s.</param>
public sealed class RigCourse(RigScenario scenario, RigArm rig, IRigSide side, double grace)
{
    /// <summary>A period of the clock may end a nanosecond before the time it stands for.</summary>
    private const double Early = 1e-6;

    /// <summary>
    /// Who gets an arm going again tries for so long, s: a frame that was lost just then refuses an activation, and so does an arm that still
    /// swings.
    /// </summary>
    private const double Patience = 3.0;

    private readonly List<string> _failures = [];
    private readonly List<PendingExpectation> _pending = [];
    private readonly List<RigReaction> _reactions = [];
    private readonly LimitWatch _limits = new(scenario.Robot.Arm, scenario.Outcome);
    private FaultCause _faults;
    private Notices _notices;
    private int _next;
    private double _lastEvent;
    private double? _stateSince;
    private bool _isMended;

    /// <summary>What did not hold, in the order in which it was noticed.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>All causes that were ever given.</summary>
    public FaultCause Faults => _faults;

    public IReadOnlyList<RigReaction> Reactions => _reactions;

    /// <summary>Lets happen what is due.</summary>
    public void Cause(in RigMoment moment)
    {
        while (_next < scenario.Events.Count && IsDue(scenario.Events[_next], moment, side.Time))
        {
            RigEvent due = scenario.Events[_next];
            string? refusal = side.Act(due.Action);
            double time = side.Time;
            if (due.Action is RecoverAction && refusal is not null && time < due.At + Patience)
                return;
            _next++;
            _lastEvent = time;
            _stateSince = null;
            Note(due.Action, moment, time);
            if (due.Expectation is { } expectation)
                _pending.Add(new(expectation, _next, refusal) { Since = time });
            else if (refusal is not null)
                Fail(time, $"event {_next}: refused: {refusal}");
        }
    }

    /// <summary>Judges a moment; they come in their order.</summary>
    public void Look(in RigMoment moment, double time)
    {
        _faults |= moment.Faults;
        _notices |= moment.Notices;
        if (!_isMended && moment.State != ControlState.Active && _reactions.Count > 0 && _reactions[^1] is { SafeMs: null } latest && time >= latest.At)
            _reactions[^1] = latest with { State = moment.State, SafeMs = 1e3 * (time - latest.At) };
        if (_limits.Exceeded(moment) is { } limit)
            Fail(time, limit);
        for (int i = _pending.Count - 1; i >= 0; i--)
        {
            PendingExpectation pending = _pending[i];
            if (time < pending.Since)
                continue;
            string? missing = pending.Missing(moment);
            if (missing is null)
                _pending.RemoveAt(i);
            else if (!side.Shows(pending.Expectation))
                pending.Since = time;
            else if (time >= pending.Since + pending.Expectation.Within + grace - Early)
            {
                Fail(time, missing);
                _pending.RemoveAt(i);
            }
        }
    }

    /// <summary>Judges the last moment.</summary>
    public void End(in RigMoment moment, double time)
    {
        foreach (PendingExpectation pending in _pending.Where(pending => pending.Expectation.Shows is null))
            Fail(time, pending.Missing(moment) + " when the scenario ended");
        for (; _next < scenario.Events.Count; _next++)
            Fail(time, $"event {_next + 1} never happened: the scenario ended before");
        if (scenario.Outcome.Final is { } final && moment.State != final)
            Fail(time, $"at the end: found the state {moment.State} ({moment.Faults}), expected {final}");
        if (scenario.Outcome.NoFault && _faults != FaultCause.None)
            Fail(time, $"found the faults {_faults}, expected none");
        if (scenario.Outcome.NoNotice && _notices != Notices.None)
            Fail(time, $"found the notices {_notices}, expected none");
        if (rig.Board.ReversalsUnderDrive > 0)
            Fail(time, $"{rig.Board.ReversalsUnderDrive} bridges were reversed while they drove");
    }

    /// <summary>Something that no event foresaw.</summary>
    public void Fail(double time, string what) => _failures.Add(FormattableString.Invariant($"{time:F3} s: {what}"));

    private bool IsDue(RigEvent next, in RigMoment moment, double time)
    {
        if (next.InState is not { } state)
            return time >= next.At - Early;
        if (moment.State == state && time > _lastEvent)
            _stateSince ??= time;
        return _stateSince is { } since && time >= since + next.At - Early;
    }

    private void Note(RigAction action, in RigMoment moment, double time)
    {
        if (action is FaultAction fault)
        {
            _isMended = false;
            _reactions.Add(new(fault.Fault.Name, time, moment.Phase, ControlState.Active, null));
        }

        if (action is MendAction)
        {
            _isMended = true;
            _pending.RemoveAll(pending => pending.Expectation.Shows is not null);
        }
    }
}
