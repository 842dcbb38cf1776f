using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>What the reference is doing.</summary>
public enum ReferencePhase
{
    /// <summary>Standing at a position.</summary>
    Hold,

    /// <summary>On the way to a goal.</summary>
    Move,

    /// <summary>Coming to rest; a goal that arrived meanwhile is taken up afterwards.</summary>
    Brake,
}

/// <summary>Setpoints to a reference that never leaves the limits: hold, move, brake. Allocation-free.</summary>
public sealed class ReferenceGenerator
{
    private readonly JointLimits[] _limits;
    private readonly JointLimits[] _planLimits;
    private readonly JointTrajectory _move;
    private readonly StopTrajectory _stop;
    private readonly double[] _pendingGoal;
    private bool _goalPending;
    private double _elapsed;

    public ReferenceGenerator(JointLimits[] limits)
    {
        _limits = limits;
        _planLimits = [.. limits];
        _move = new JointTrajectory(limits.Length);
        _stop = new StopTrajectory(limits.Length);
        _pendingGoal = new double[limits.Length];
        Goal = new double[limits.Length];
        Now = new JointReference(limits.Length);
        AtActuation = new JointReference(limits.Length);
    }

    /// <summary>The part of the velocity limits that the next plan may use.</summary>
    public double VelocityPart { get; set; } = 1.0;

    /// <summary>Where the current move ends, or where the arm is held, rad.</summary>
    public double[] Goal { get; }

    /// <summary>The reference at the time of the last Advance.</summary>
    public JointReference Now { get; }

    /// <summary>The reference when a torque written now will act.</summary>
    public JointReference AtActuation { get; }

    public ReferencePhase Phase { get; private set; }

    /// <summary>Time since the current move began, s; keeps counting after arrival.</summary>
    public double Elapsed => _elapsed;

    /// <summary>Planned time of the current move, s; 0 while no move was made.</summary>
    public double Duration { get; private set; }

    /// <summary>Why the newest goal was refused; Ok when it was taken.</summary>
    public TrajectoryResult LastResult { get; private set; }

    /// <summary>Starts anew, as after it was made, standing at this position.</summary>
    public void Reset(ReadOnlySpan<double> position)
    {
        LastResult = TrajectoryResult.Ok;
        HoldAt(position);
    }

    /// <summary>Stand still here, or at the limit when the arm stands beyond it.</summary>
    public void HoldAt(ReadOnlySpan<double> position)
    {
        for (int i = 0; i < _limits.Length; i++)
            Goal[i] = Math.Clamp(position[i], _limits[i].Lower, _limits[i].Upper);
        Goal.AsSpan().CopyTo(Now.Position);
        Array.Clear(Now.Velocity);
        Array.Clear(Now.Acceleration);
        Now.CopyTo(AtActuation);
        Phase = ReferencePhase.Hold;
        Duration = 0.0;
        _elapsed = 0.0;
        _goalPending = false;
    }

    /// <summary>A new goal; while the arm moves it first comes to rest.</summary>
    public TrajectoryResult MoveTo(ReadOnlySpan<double> goal)
    {
        if (Phase == ReferencePhase.Hold)
            return Begin(goal);

        // Planned just for the verdict: once the arm brakes, the old plan is not needed any more.
        LastResult = Plan(goal);
        if (LastResult != TrajectoryResult.Ok)
            return LastResult;
        goal.CopyTo(_pendingGoal);
        _goalPending = true;
        if (Phase == ReferencePhase.Move)
            BeginBrake();
        return LastResult;
    }

    /// <summary>Comes to rest within the limits and stays there; forgets any goal.</summary>
    public void Brake()
    {
        _goalPending = false;
        if (Phase == ReferencePhase.Move)
            BeginBrake();
    }

    /// <summary>
    /// Comes to rest from here at this speed, whatever the plan was; forgets any goal. A speed beyond the limits is most likely a wrong
    /// estimate, and no plan in any case: the stop begins at the limit.
    /// </summary>
    public void StopFrom(ReadOnlySpan<double> position, ReadOnlySpan<double> velocity)
    {
        _goalPending = false;
        position.CopyTo(Now.Position);
        for (int i = 0; i < velocity.Length; i++)
            Now.Velocity[i] = Math.Clamp(velocity[i], -_limits[i].Velocity, _limits[i].Velocity);
        Array.Clear(Now.Acceleration);
        BeginBrake();
    }

    /// <summary>
    /// An arm that was without power for a moment is elsewhere, and slower: it comes to rest from here at this speed, and then goes on to its goal.
    /// </summary>
    public void ResumeFrom(ReadOnlySpan<double> position, ReadOnlySpan<double> velocity)
    {
        if (Phase == ReferencePhase.Hold)
            return;
        bool goes = _goalPending || Phase == ReferencePhase.Move;
        if (Phase == ReferencePhase.Move)
            Goal.AsSpan().CopyTo(_pendingGoal);
        StopFrom(position, velocity);
        _goalPending = goes;
    }

    /// <summary>Moves the reference on by dt; <see cref="AtActuation"/> looks ahead by <paramref name="lookAhead"/> seconds.</summary>
    public void Advance(double dt, double lookAhead)
    {
        _elapsed += dt;
        switch (Phase)
        {
            case ReferencePhase.Move:
                Sample(_elapsed, Now);
                Sample(_elapsed + lookAhead, AtActuation);
                if (_elapsed >= Duration)
                    Phase = ReferencePhase.Hold;
                break;
            case ReferencePhase.Brake:
                Sample(_elapsed, Now);
                Sample(_elapsed + lookAhead, AtActuation);
                if (_elapsed >= _stop.Duration)
                    EndBrake();
                break;
            default:
                Array.Clear(Now.Velocity);
                Array.Clear(Now.Acceleration);
                Now.CopyTo(AtActuation);
                break;
        }
    }

    /// <summary>
    /// The reference <paramref name="seconds"/> after the last Advance if no setpoint comes: the plan, which ends at rest.
    /// </summary>
    public void Ahead(double seconds, JointReference then)
    {
        if (Phase == ReferencePhase.Hold)
            Now.CopyTo(then);
        else
            Sample(_elapsed + seconds, then);
    }

    private void Sample(double t, JointReference reference)
    {
        if (Phase == ReferencePhase.Move)
            _move.Sample(t, reference.Position, reference.Velocity, reference.Acceleration);
        else
            _stop.Sample(t, reference.Position, reference.Velocity, reference.Acceleration);
    }

    private TrajectoryResult Plan(ReadOnlySpan<double> goal)
    {
        for (int i = 0; i < _limits.Length; i++)
            _planLimits[i] = _limits[i] with { Velocity = VelocityPart * _limits[i].Velocity };
        return _move.Plan(Now.Position, goal, _planLimits, out _);
    }

    private TrajectoryResult Begin(ReadOnlySpan<double> goal)
    {
        LastResult = Plan(goal);
        if (LastResult != TrajectoryResult.Ok)
            return LastResult;
        goal.CopyTo(Goal);
        Duration = _move.Duration;
        _elapsed = 0.0;
        Phase = ReferencePhase.Move;
        return LastResult;
    }

    private void BeginBrake()
    {
        _stop.Plan(Now.Position, Now.Velocity, Now.Acceleration, _limits);
        _elapsed = 0.0;
        Phase = ReferencePhase.Brake;
    }

    private void EndBrake()
    {
        Now.Position.AsSpan().CopyTo(Goal);
        Phase = ReferencePhase.Hold;
        if (!_goalPending)
            return;
        _goalPending = false;

        // Braking ends within the limits, but for rounding: the next move must be able to start there.
        for (int i = 0; i < _limits.Length; i++)
            Now.Position[i] = Math.Clamp(Now.Position[i], _limits[i].Lower, _limits[i].Upper);
        Begin(_pendingGoal);
    }
}
