namespace LiquidControl.Robotics;

/// <summary>
/// Brings moving joints to rest as fast as acceleration and jerk limits allow, from any velocity and acceleration. Each joint on its own.
/// An acceleration beyond its limit is first brought back within it. Where the joint ends is what the limits leave: position limits play no
/// part.
/// </summary>
public sealed class StopTrajectory(int jointCount)
{
    private readonly StopProfile[] _profiles = new StopProfile[jointCount];

    /// <summary>When the last joint rests, s.</summary>
    public double Duration { get; private set; }

    /// <summary>
    /// Plans from position, velocity and acceleration now. A joint whose limits are not positive and finite, or whose velocity or
    /// acceleration is not finite, gets the position it has and rests at once.
    /// </summary>
    /// <exception cref="ArgumentException">A span's length is not the joint count.</exception>
    public void Plan(ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> qdd, ReadOnlySpan<JointLimits> limits)
    {
        int n = _profiles.Length;
        SpanLength.Require(q.Length, n, nameof(q));
        SpanLength.Require(qd.Length, n, nameof(qd));
        SpanLength.Require(qdd.Length, n, nameof(qdd));
        SpanLength.Require(limits.Length, n, nameof(limits));
        Duration = 0;
        for (int i = 0; i < n; i++)
        {
            _profiles[i].Plan(q[i], qd[i], qdd[i], limits[i].Acceleration, limits[i].Jerk);
            Duration = Math.Max(Duration, _profiles[i].Duration);
        }
    }

    /// <summary>Reference at time t (from 0 on); at rest from Duration on.</summary>
    public void Sample(double t, Span<double> q, Span<double> qd, Span<double> qdd)
    {
        int n = _profiles.Length;
        SpanLength.Require(q.Length, n, nameof(q));
        SpanLength.Require(qd.Length, n, nameof(qd));
        SpanLength.Require(qdd.Length, n, nameof(qdd));
        for (int i = 0; i < n; i++)
        {
            _profiles[i].Sample(Math.Max(0, t), out q[i], out qd[i], out qdd[i]);
        }
    }
}
