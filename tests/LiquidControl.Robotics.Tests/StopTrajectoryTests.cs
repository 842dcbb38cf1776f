using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Robotics.Tests;

public sealed class StopTrajectoryTests
{
    [Fact]
    public void Two_hundred_thousand_random_stops_are_smooth_keep_the_limits_and_end_at_rest()
    {
        const ulong Seed = 61;
        RandomStream random = new(Seed);
        StopTrajectory stop = new(1);
        double[] q = new double[1], qd = new double[1], qdd = new double[1];
        for (int trial = 0; trial < 200_000; trial++)
        {
            double q0 = random.Uniform(-3, 3), v0 = random.Uniform(-3, 3), acceleration = Elementary.Exp(random.Uniform(-2, 3));
            double jerk = Elementary.Exp(random.Uniform(-1, 5));
            double a0 = random.Uniform(-1, 1) * acceleration * (random.NextInt(3) == 0 ? 2.5 : 1);
            if (random.NextInt(10) == 0)
            {
                v0 = 0;
            }

            JointLimits[] limits = [new(-3, 3, 3, acceleration, jerk, 1)];
            stop.Plan([q0], [v0], [a0], limits);
            double duration = stop.Duration;
            double last = 0, lastQ = q0, lastV = v0, lastA = a0;
            for (int k = 0; k <= 32; k++)
            {
                double t = k == 0 ? 0 : k == 32 ? duration : duration * (k - random.NextDouble()) / 32;
                stop.Sample(t, q, qd, qdd);
                double dt = t - last, size = 1 + Math.Abs(q[0]) + Math.Abs(qd[0]);
                double drift = q[0] - lastQ - 0.5 * (qd[0] + lastV) * dt;
                double kick = qd[0] - lastV - 0.5 * (qdd[0] + lastA) * dt;
                bool gentle = Math.Abs(qdd[0]) <= Math.Max(acceleration, Math.Abs(a0) - jerk * t) * (1 + 1e-9);
                bool smooth = Math.Abs(qdd[0] - lastA) <= jerk * dt * (1 + 1e-9) + 1e-9
                    && Math.Abs(drift) <= jerk * dt * dt * dt / 12 * (1 + 1e-9) + 1e-11 * size
                    && Math.Abs(kick) <= jerk * dt * dt / 4 * (1 + 1e-9) + 1e-11 * size;
                if (!gentle || !smooth)
                {
                    Assert.Fail($"seed {Seed}, trial {trial}, t {t} of {stop.Duration}, from {v0} and {a0} with {acceleration} and {jerk}: "
                        + $"acceleration {qdd[0]} gentle {gentle}, smooth {smooth} (jumps {drift}, {kick})");
                }

                (last, lastQ, lastV, lastA) = (t, q[0], qd[0], qdd[0]);
            }

            Assert.Equal(0, qd[0]);
            Assert.Equal(0, qdd[0]);
            stop.Sample(duration + 1, qd, qdd, qdd);
            Assert.Equal(q[0], qd[0]);
        }
    }

    [Theory]
    [InlineData(1, 0, 2, 10, 0.7)] // v/a + a/j: the full trapezoid
    [InlineData(-1, 0, 2, 10, 0.7)]
    [InlineData(0.1, 0, 2, 10, 0.2)] // 2 sqrt(v/j): no constant phase
    [InlineData(0.2, -2, 2, 10, 0.2)] // exactly on the switching curve: one phase
    [InlineData(0, 0, 2, 10, 0)]
    [InlineData(0.8, -4, 2, 10, 0.4)] // braking too hard: ease down to zero, no hold
    [InlineData(1.8, -4, 2, 10, 0.9)] // the same with 1 rad/s more: half a second on the limit
    public void A_stop_takes_the_least_time(double velocity, double acceleration, double accelerationLimit, double jerkLimit, double expected)
    {
        StopTrajectory stop = new(1);
        stop.Plan([0.3], [velocity], [acceleration], [new(-3, 3, 3, accelerationLimit, jerkLimit, 1)]);
        Assert.Equal(expected, stop.Duration, 1e-12);
    }

    [Fact]
    public void Bad_limits_or_a_velocity_that_is_not_finite_stop_the_joint_where_it_is()
    {
        StopTrajectory stop = new(3);
        JointLimits good = new(-3, 3, 3, 2, 10, 1), bad = new(-3, 3, 3, 0, 10, 1);
        double[] q = new double[3], qd = new double[3], qdd = new double[3];
        stop.Plan([0.1, 0.2, 0.3], [1, double.NaN, 1], [0, 0, 0], [good, good, bad]);
        Assert.Equal(0.7, stop.Duration, 1e-12);
        stop.Sample(0, q, qd, qdd);
        Assert.Equal([0.1, 0.2, 0.3], q);
        Assert.Equal([1, 0, 0], qd);
    }
}
