namespace LiquidControl.Robotics;

/// <summary>
/// A rest-to-rest move along a straight line in joint space, all joints starting and arriving together, with limited velocity, acceleration
/// and jerk. Planned into preallocated storage, so that a new goal allocates nothing. (Being written.)
/// </summary>
public sealed class JointTrajectory
{
    public JointTrajectory(int jointCount) => throw new NotImplementedException();
    /// <summary>T: the planned arrival time, s.</summary>
    public double Duration => throw new NotImplementedException();
    /// <summary>Ok, or why there is no such move (beyond a limit, not finite, zero limits).</summary>
    public TrajectoryResult Plan(ReadOnlySpan<double> start, ReadOnlySpan<double> goal, ReadOnlySpan<JointLimits> limits, out int offendingJoint) => throw new NotImplementedException();
    /// <summary>Reference at time t (clamped to [0, T]); position exactly the goal from T on.</summary>
    public void Sample(double t, Span<double> q, Span<double> qd, Span<double> qdd) => throw new NotImplementedException();
}

public enum TrajectoryResult { Ok, NotFinite, StartBeyondLimit, GoalBeyondLimit, BadLimits }

/// <summary>
/// Brings moving joints to rest as fast as acceleration and jerk limits allow, from any velocity and acceleration. Each joint on its own.
/// </summary>
public sealed class StopTrajectory
{
    public StopTrajectory(int jointCount) => throw new NotImplementedException();
    public double Duration => throw new NotImplementedException();
    public void Plan(ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> qdd, ReadOnlySpan<JointLimits> limits) => throw new NotImplementedException();
    public void Sample(double t, Span<double> q, Span<double> qd, Span<double> qdd) => throw new NotImplementedException();
}
