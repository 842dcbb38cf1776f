namespace LiquidControl.Robotics;

/// <summary>
/// A rest-to-rest move along a straight line in joint space, all joints starting and arriving together, with limited velocity, acceleration
/// and jerk. One time law moves all joints, so the joint that needs longest sets the pace and no joint leaves the box between start and
/// goal. Planned into preallocated storage, so that a new goal allocates nothing.
/// </summary>
public sealed class JointTrajectory(int jointCount)
{
    private readonly double[] _start = new double[jointCount];
    private readonly double[] _goal = new double[jointCount];

    /// <summary>Each joint's share of the path length, in [-1, 1].</summary>
    private readonly double[] _direction = new double[jointCount];
    private DoubleSProfile _profile;

    /// <summary>T: the planned arrival time, s.</summary>
    public double Duration => _profile.Duration;

    /// <summary>
    /// Ok, or why there is no such move (beyond a limit, not finite, zero limits); then the plan before stays. The joint is -1 when Ok.
    /// </summary>
    /// <exception cref="ArgumentException">A span's length is not the joint count.</exception>
    public TrajectoryResult Plan(
        ReadOnlySpan<double> start, ReadOnlySpan<double> goal, ReadOnlySpan<JointLimits> limits, out int offendingJoint)
    {
        int n = _start.Length;
        SpanLength.Require(start.Length, n, nameof(start));
        SpanLength.Require(goal.Length, n, nameof(goal));
        SpanLength.Require(limits.Length, n, nameof(limits));
        for (offendingJoint = 0; offendingJoint < n; offendingJoint++)
        {
            TrajectoryResult result = Check(start[offendingJoint], goal[offendingJoint], in limits[offendingJoint]);
            if (result != TrajectoryResult.Ok)
            {
                return result;
            }
        }

        offendingJoint = -1;
        double length = 0;
        for (int i = 0; i < n; i++)
        {
            length = Math.Max(length, Math.Abs(goal[i] - start[i]));
        }

        double velocity = double.PositiveInfinity, acceleration = velocity, jerk = velocity;
        for (int i = 0; i < n; i++)
        {
            double direction = length > 0 ? (goal[i] - start[i]) / length : 0;
            double share = Math.Abs(direction);
            velocity = Math.Min(velocity, limits[i].Velocity / share);
            acceleration = Math.Min(acceleration, limits[i].Acceleration / share);
            jerk = Math.Min(jerk, limits[i].Jerk / share);
            _start[i] = start[i];
            _goal[i] = goal[i];
            _direction[i] = direction;
        }

        _profile = length > 0 ? DoubleSProfile.RestToRest(length, velocity, acceleration, jerk) : default;
        return TrajectoryResult.Ok;
    }

    /// <summary>Reference at time t (clamped to [0, T]); position exactly the goal from T on.</summary>
    public void Sample(double t, Span<double> q, Span<double> qd, Span<double> qdd)
    {
        int n = _start.Length;
        SpanLength.Require(q.Length, n, nameof(q));
        SpanLength.Require(qd.Length, n, nameof(qd));
        SpanLength.Require(qdd.Length, n, nameof(qdd));

        // The law is symmetric, so the second half is the first one run backwards from the goal: rounding cannot miss it.
        double elapsed = Math.Clamp(t, 0, Duration);
        bool leaving = elapsed < 0.5 * Duration;
        _profile.FirstHalf(leaving ? elapsed : Duration - elapsed, out double s, out double v, out double a);
        double[] from = leaving ? _start : _goal;
        double sign = leaving ? 1 : -1;
        for (int i = 0; i < n; i++)
        {
            q[i] = from[i] + sign * s * _direction[i];
            qd[i] = v * _direction[i];
            qdd[i] = sign * a * _direction[i];
        }
    }

    private static TrajectoryResult Check(double start, double goal, in JointLimits limits)
    {
        if (!double.IsFinite(start) || !double.IsFinite(goal))
        {
            return TrajectoryResult.NotFinite;
        }

        if (!(limits.Lower <= limits.Upper)
            || !IsPositiveFinite(limits.Velocity) || !IsPositiveFinite(limits.Acceleration) || !IsPositiveFinite(limits.Jerk))
        {
            return TrajectoryResult.BadLimits;
        }

        return start < limits.Lower || start > limits.Upper ? TrajectoryResult.StartBeyondLimit
            : goal < limits.Lower || goal > limits.Upper ? TrajectoryResult.GoalBeyondLimit
            : TrajectoryResult.Ok;
    }

    private static bool IsPositiveFinite(double value) => value > 0 && double.IsFinite(value);
}
