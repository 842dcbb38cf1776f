using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Robotics.Tests;

public sealed class JointTrajectoryTests
{
    private const int N = 6;
    private const double Margin = 1 + 1e-9;

    [Fact]
    public void Two_hundred_thousand_random_moves_keep_every_limit_and_arrive_exactly()
    {
        const ulong Seed = 51;
        RandomStream random = new(Seed);
        JointTrajectory trajectory = new(N);
        JointLimits[] limits = new JointLimits[N];
        double[] start = new double[N], goal = new double[N], q = new double[N], qd = new double[N], qdd = new double[N];
        double[] before = new double[N], beforeQd = new double[N], beforeQdd = new double[N];
        for (int trial = 0; trial < 200_000; trial++)
        {
            DrawMove(random, limits, start, goal);
            Assert.Equal(TrajectoryResult.Ok, trajectory.Plan(start, goal, limits, out int offending));
            Assert.Equal(-1, offending);
            double duration = trajectory.Duration;
            trajectory.Sample(0, before, beforeQd, beforeQdd);
            Assert.Equal(start, before);
            double last = 0;
            for (int k = 1; k <= 24; k++)
            {
                double t = duration * (k - random.NextDouble()) / 24;
                trajectory.Sample(t, q, qd, qdd);
                for (int i = 0; i < N; i++)
                {
                    ref readonly JointLimits l = ref limits[i];
                    double dt = t - last;

                    // Continuous: between two samples position and velocity follow the trapezoid rule within what the jerk limit leaves.
                    double drift = q[i] - before[i] - 0.5 * (qd[i] + beforeQd[i]) * dt;
                    double kick = qd[i] - beforeQd[i] - 0.5 * (qdd[i] + beforeQdd[i]) * dt;
                    bool inside = q[i] >= l.Lower - 1e-9 && q[i] <= l.Upper + 1e-9;
                    bool slow = Math.Abs(qd[i]) <= l.Velocity * Margin && Math.Abs(qdd[i]) <= l.Acceleration * Margin;
                    bool smooth = Math.Abs(qdd[i] - beforeQdd[i]) <= l.Jerk * dt * Margin + 1e-9 * l.Acceleration
                        && Math.Abs(drift) <= l.Jerk * dt * dt * dt / 12 * Margin + 1e-12
                        && Math.Abs(kick) <= l.Jerk * dt * dt / 4 * Margin + 1e-12;
                    bool monotone = (q[i] - before[i]) * (goal[i] - start[i]) >= -1e-15;
                    if (!inside || !slow || !smooth || !monotone)
                    {
                        Assert.Fail($"seed {Seed}, trial {trial}, joint {i}, t {t} of {duration}: inside {inside}, slow {slow}, smooth {smooth} "
                            + $"(jumps {drift}, {kick}), monotone {monotone}; {start[i]} to {goal[i]} with {l}");
                    }
                }

                (before, q) = (q, before);
                (beforeQd, qd) = (qd, beforeQd);
                (beforeQdd, qdd) = (qdd, beforeQdd);
                last = t;
            }

            trajectory.Sample(duration, q, qd, qdd);
            Assert.Equal(goal, q);
            Assert.All(qd, v => Assert.Equal(0, v));
            Assert.All(qdd, a => Assert.Equal(0, a));
        }
    }

    [Fact]
    public void Some_joint_is_always_at_a_limit_so_no_faster_straight_line_exists()
    {
        const ulong Seed = 52;
        RandomStream random = new(Seed);
        JointTrajectory trajectory = new(N);
        JointLimits[] limits = new JointLimits[N];
        double[] start = new double[N], goal = new double[N], q = new double[N], qd = new double[N], qdd = new double[N], next = new double[N];
        for (int trial = 0; trial < 5_000; trial++)
        {
            DrawMove(random, limits, start, goal);
            trajectory.Plan(start, goal, limits, out _);
            double h = trajectory.Duration * 1e-6;
            int bound = 0;
            for (int k = 0; k < 100; k++)
            {
                double t = trajectory.Duration * (k + 0.37) / 100;
                trajectory.Sample(t, q, qd, qdd);
                trajectory.Sample(t + h, q, next, next);
                bool atLimit = false;
                for (int i = 0; i < N; i++)
                {
                    atLimit |= Math.Abs(qd[i]) > 0.9999 * limits[i].Velocity || Math.Abs(qdd[i]) > 0.9999 * limits[i].Acceleration
                        || Math.Abs(next[i] - qdd[i]) / h > 0.999 * limits[i].Jerk;
                }

                bound += atLimit ? 1 : 0;
            }

            // A sample may straddle one of the six switches.
            Assert.True(bound >= 94, $"seed {Seed}, trial {trial}: only {bound} of 100 instants at a limit");
        }
    }

    [Fact]
    public void A_long_move_takes_the_textbook_time()
    {
        // v/a + a/j + L/v with v = 1, a = 2, j = 10, L = 3.
        JointTrajectory trajectory = new(1);
        JointLimits[] limits = [new(-5, 5, 1, 2, 10, 1)];
        Assert.Equal(TrajectoryResult.Ok, trajectory.Plan([-1], [2], limits, out _));
        Assert.Equal(0.5 + 0.2 + 3, trajectory.Duration, 1e-14);
    }

    [Fact]
    public void Staying_takes_no_time()
    {
        JointTrajectory trajectory = new(2);
        JointLimits[] limits = [new(-1, 1, 1, 1, 1, 1), new(-1, 1, 1, 1, 1, 1)];
        double[] q = new double[2], qd = new double[2], qdd = new double[2];
        Assert.Equal(TrajectoryResult.Ok, trajectory.Plan([0.5, -0.25], [0.5, -0.25], limits, out _));
        Assert.Equal(0, trajectory.Duration);
        trajectory.Sample(1, q, qd, qdd);
        Assert.Equal([0.5, -0.25], q);
    }

    [Theory]
    [InlineData(double.NaN, 0, 1, 1, 1, TrajectoryResult.NotFinite)]
    [InlineData(0, double.NaN, 1, 1, 1, TrajectoryResult.NotFinite)]
    [InlineData(0, double.PositiveInfinity, 1, 1, 1, TrajectoryResult.NotFinite)]
    [InlineData(-1.01, 0, 1, 1, 1, TrajectoryResult.StartBeyondLimit)]
    [InlineData(0, 1.01, 1, 1, 1, TrajectoryResult.GoalBeyondLimit)]
    [InlineData(0, 0.5, 0, 1, 1, TrajectoryResult.BadLimits)]
    [InlineData(0, 0.5, 1, -1, 1, TrajectoryResult.BadLimits)]
    [InlineData(0, 0.5, 1, 1, double.NaN, TrajectoryResult.BadLimits)]
    [InlineData(0, 0.5, 1, double.PositiveInfinity, 1, TrajectoryResult.BadLimits)]
    public void A_bad_request_is_named_with_its_joint_and_leaves_the_plan_alone(
        double start, double goal, double velocity, double acceleration, double jerk, TrajectoryResult expected)
    {
        JointTrajectory trajectory = new(2);
        JointLimits good = new(-1, 1, 1, 1, 1, 1);
        Assert.Equal(TrajectoryResult.Ok, trajectory.Plan([0, 0], [1, 1], [good, good], out _));
        double duration = trajectory.Duration;
        JointLimits bad = new(-1, 1, velocity, acceleration, jerk, 1);
        Assert.Equal(expected, trajectory.Plan([0, start], [0, goal], [good, bad], out int offending));
        Assert.Equal(1, offending);
        Assert.Equal(duration, trajectory.Duration);
    }

    private static void DrawMove(RandomStream random, JointLimits[] limits, double[] start, double[] goal)
    {
        // Sizes over several decades, so that each of the four shapes of the time law comes up often.
        double reach = Elementary.Exp(random.Uniform(-12, 1));
        for (int i = 0; i < N; i++)
        {
            limits[i] = new JointLimits(-3, 3, Decades(random, -2, 2), Decades(random, -2, 3), Decades(random, -1, 5), 1);
            start[i] = random.Uniform(-3, 3);
            goal[i] = random.NextInt(5) == 0 ? start[i] : Math.Clamp(start[i] + reach * random.Uniform(-1, 1), -3, 3);
        }
    }

    private static double Decades(RandomStream random, double low, double high) => Elementary.Exp(random.Uniform(low, high));
}
