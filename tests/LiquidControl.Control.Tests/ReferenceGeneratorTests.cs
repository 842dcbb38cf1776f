using LiquidControl.Numerics;
using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Control.Tests;

public class ReferenceGeneratorTests
{
    private const double Dt = 0.002;
    private readonly JointLimits[] _limits = TestArm.Create().Limits;

    [Fact]
    public void A_goal_is_reached_and_held()
    {
        var reference = new ReferenceGenerator(_limits);
        reference.HoldAt([0.1, 0.2, 0.3]);
        Assert.Equal(TrajectoryResult.Ok, reference.MoveTo([1.0, -0.5, 0.0]));
        while (reference.Phase == ReferencePhase.Move)
            reference.Advance(Dt, 0.0);
        Assert.Equal([1.0, -0.5, 0.0], reference.Now.Position);
        reference.Advance(Dt, 0.0);
        Assert.Equal([0.0, 0.0, 0.0], reference.Now.Velocity);
    }

    [Fact]
    public void A_goal_that_comes_in_motion_is_taken_up_after_coming_to_rest_and_no_limit_is_broken()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var random = new RandomStream(seed);
            var reference = new ReferenceGenerator(_limits);
            reference.HoldAt([0, 0, 0]);
            double[] last = [0, 0, 0], goal = [0, 0, 0];
            for (int k = 0; k < 4000; k++)
            {
                if (k % 300 == 0 && k < 2000)
                {
                    goal = [random.Uniform(-2.4, 2.4), random.Uniform(-2.4, 2.4), random.Uniform(-2.4, 2.4)];
                    Assert.Equal(TrajectoryResult.Ok, reference.MoveTo(goal));
                }

                reference.Advance(Dt, 0.003);
                for (int i = 0; i < 3; i++)
                {
                    Assert.True(Math.Abs(reference.Now.Velocity[i]) <= _limits[i].Velocity * (1 + 1e-9), $"seed {seed} cycle {k}");
                    Assert.True(Math.Abs(reference.Now.Acceleration[i]) <= _limits[i].Acceleration * (1 + 1e-9), $"seed {seed} cycle {k}");
                    Assert.True(Math.Abs(reference.Now.Position[i] - last[i]) <= _limits[i].Velocity * Dt * (1 + 1e-9), $"seed {seed} cycle {k}: jump");
                    last[i] = reference.Now.Position[i];
                }
            }

            Assert.Equal(goal, reference.Now.Position);
        }
    }

    [Fact]
    public void Braking_forgets_the_goal()
    {
        var reference = new ReferenceGenerator(_limits);
        reference.HoldAt([0, 0, 0]);
        reference.MoveTo([2, 0, 0]);
        for (int k = 0; k < 200; k++)
            reference.Advance(Dt, 0.0);
        reference.Brake();
        for (int k = 0; k < 1000; k++)
            reference.Advance(Dt, 0.0);
        Assert.Equal(ReferencePhase.Hold, reference.Phase);
        Assert.True(reference.Now.Position[0] < 1.5);
        Assert.Equal(reference.Now.Position, reference.Goal);
    }

    [Fact]
    public void A_stop_starts_from_the_position_and_speed_given_and_ends_at_rest()
    {
        var reference = new ReferenceGenerator(_limits);
        reference.HoldAt([0, 0, 0]);
        reference.MoveTo([2, 0, 0]);
        reference.Advance(0.2, 0.0);
        reference.StopFrom([0.5, -0.3, 0.1], [1.5, 0.0, -0.7]);
        reference.Advance(1e-6, 0.0);
        Assert.Equal(0.5, reference.Now.Position[0], 1e-5);
        Assert.Equal(1.5, reference.Now.Velocity[0], 1e-3);
        for (int k = 0; k < 1000; k++)
            reference.Advance(Dt, 0.0);
        Assert.Equal(ReferencePhase.Hold, reference.Phase);

        // From 1.5 rad/s at 8 rad/s² and 100 rad/s³: v²/(2a) + v a/(2j) further on, and v sqrt(v/j) where a is never reached.
        Assert.Equal(0.5 + 1.5 * 1.5 / 16.0 + 1.5 * 8.0 / 200.0, reference.Goal[0], 1e-6);
        Assert.Equal(-0.3, reference.Goal[1], 1e-12);
        Assert.Equal([0.0, 0.0, 0.0], reference.Now.Velocity);

        // The limit is 2 rad/s.
        reference.StopFrom([0.5, -0.3, 0.1], [2.6, 0.0, -9.0]);
        reference.Advance(1e-6, 0.0);
        Assert.Equal([2.0, 0.0, -2.0], reference.Now.Velocity.Select(v => Math.Round(v, 3)));
    }

    [Fact]
    public void A_goal_that_waits_for_a_stop_right_at_the_limit_is_taken_up()
    {
        // Braking at the very end of a move to the limit ends there but for rounding.
        for (int late = 1; late < 60; late++)
        {
            var reference = new ReferenceGenerator(_limits);
            reference.HoldAt([1.3, 0, 0]);
            reference.MoveTo([2.5, 1.1, 0]);
            while (reference.Elapsed < reference.Duration - late * Dt)
                reference.Advance(Dt, 0.0);
            Assert.Equal(TrajectoryResult.Ok, reference.MoveTo([0, 0, 0]));
            for (int k = 0; k < 2000; k++)
                reference.Advance(Dt, 0.0);
            Assert.Equal([0.0, 0.0, 0.0], reference.Now.Position);
        }
    }

    [Theory]
    [InlineData(double.NaN, TrajectoryResult.NotFinite)]
    [InlineData(9.0, TrajectoryResult.GoalBeyondLimit)]
    public void A_bad_goal_is_refused_and_the_motion_goes_on(double bad, TrajectoryResult expected)
    {
        var reference = new ReferenceGenerator(_limits);
        reference.HoldAt([0, 0, 0]);
        reference.MoveTo([1, 0, 0]);
        reference.Advance(0.1, 0.0);
        Assert.Equal(expected, reference.MoveTo([bad, 0, 0]));
        Assert.Equal(ReferencePhase.Move, reference.Phase);
        Assert.Equal(1.0, reference.Goal[0]);
    }

    [Fact]
    public void An_arm_standing_a_hair_beyond_its_limit_is_held_at_the_limit_and_can_move_away()
    {
        var reference = new ReferenceGenerator(_limits);
        reference.HoldAt([2.5001, 0, 0]);
        Assert.Equal(2.5, reference.Now.Position[0]);
        Assert.Equal(TrajectoryResult.Ok, reference.MoveTo([0, 0, 0]));
    }
}
