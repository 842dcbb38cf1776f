using LiquidControl.Numerics;
using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Control.Tests;

public class CommandLimiterTests
{
    private readonly ArmDescription _arm = TestArm.Create();
    private readonly ControllerSettings _settings = new();

    [Fact]
    public void A_command_within_every_bound_goes_out_in_every_bit()
    {
        RobotState state = StateAt([0.2, -0.3, 0.4], [0.1, 0.2, -0.1]);
        JointCommand command = CommandFor(state, [0.5, -0.5, 0.3]);
        double[] asked = [.. command.Torque];
        Assert.Equal(LimitFlags.None, new CommandLimiter(_arm, _settings).Limit(state, command));
        Assert.Equal(asked, command.Torque);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_torque_that_is_no_number_becomes_the_gravity_torque(double bad)
    {
        RobotState state = StateAt([0.2, 0.7, 0.4], [0, 0, 0]);
        JointCommand command = CommandFor(state, [0, 0, 0]);
        double[] gravity = [.. command.Torque];
        command.Torque[1] = bad;
        LimitFlags flags = new CommandLimiter(_arm, _settings).Limit(state, command);
        Assert.True(flags.HasFlag(LimitFlags.NotFinite));
        for (int i = 0; i < 3; i++)
            Assert.Equal(gravity[i], command.Torque[i], 1e-9);
    }

    [Fact]
    public void A_torque_so_large_that_the_dynamics_overflow_becomes_the_gravity_torque_and_is_forgotten()
    {
        RobotState state = StateAt([0.2, 0.7, 0.4], [0.1, 0.2, -0.1]);
        JointCommand command = CommandFor(StateAt([0.2, 0.7, 0.4], [0, 0, 0]), [0, 0, 0]);
        double[] gravity = [.. command.Torque];
        var limiter = new CommandLimiter(_arm, _settings);
        Array.Fill(command.Torque, 1e308);
        Assert.True(limiter.Limit(state, command).HasFlag(LimitFlags.NotFinite));
        Assert.All(command.Torque, torque => Assert.True(Math.Abs(torque) <= 20.0));
        Assert.Equal(gravity[1], command.Torque[1], 1e-9);

        JointCommand next = CommandFor(state, [0.5, -0.5, 0.3]);
        Assert.Equal(LimitFlags.None, limiter.Limit(state, next));
    }

    [Theory]
    [InlineData(0.90, 1.0)]
    [InlineData(0.95, 0.5)]
    [InlineData(1.01, 0.0)]
    public void A_residual_pushes_a_joint_on_up_to_the_speed_of_plans_and_slows_it_down_at_any(double part, double left)
    {
        RobotState state = StateAt([0.2, 0.7, 0.4], [part * _arm.Limits[0].Velocity, 0, 0]);
        foreach (int sign in new[] { 1, -1 })
        {
            JointCommand command = CommandFor(state, [0, 0, 0]);
            command.Residual[0] = sign * _arm.ResidualBound[0];
            command.Torque[0] += command.Residual[0];
            new CommandLimiter(_arm, _settings).Limit(state, command);
            Assert.Equal(sign * _arm.ResidualBound[0] * (sign > 0 ? left : 1.0), command.Residual[0], 1e-9);
        }
    }

    [Fact]
    public void A_residual_beyond_its_bound_is_cut_and_the_torque_with_it()
    {
        RobotState state = StateAt([0, 0, 0], [0, 0, 0]);
        JointCommand command = CommandFor(state, [0, 0, 0]);
        double classical = command.Torque[0];
        command.Residual[0] = 5.0;
        command.Torque[0] += 5.0;
        new CommandLimiter(_arm, _settings).Limit(state, command);
        Assert.Equal(_arm.ResidualBound[0], command.Residual[0]);
        Assert.Equal(classical + _arm.ResidualBound[0], command.Torque[0], 1e-12);
    }

    [Fact]
    public void A_tool_about_to_leave_the_box_is_reported_and_one_outside_may_come_back()
    {
        RobotState falling = StateAt([0, 1.0, 0], [0, 1.9, 0]);
        RobotState rising = StateAt([0, 1.2, 0], [0, -0.5, 0]);
        double height = ForwardKinematics.Tool(_arm.Model, new RigidBodyWorkspace(_arm.Model), falling.Position).Translation.Z;
        ArmDescription arm = _arm with { Workspace = new WorkspaceBox(new Vector3(-2, -2, height - 0.01), new Vector3(2, 2, 2)) };
        var limiter = new CommandLimiter(arm, _settings);
        Assert.True(limiter.Limit(falling, CommandFor(falling, [0, 0, 0])).HasFlag(LimitFlags.Workspace));
        Assert.False(limiter.Limit(rising, CommandFor(rising, [0, 0, 0])).HasFlag(LimitFlags.Workspace));
    }

    /// <summary>
    /// Whatever torque a law asks for, an arm that obeys its model stays within position and velocity limits: random commands, many seeds.
    /// </summary>
    [Fact]
    public void No_sequence_of_commands_drives_a_joint_beyond_its_limits()
    {
        const int episodes = 200, cycles = 400;
        const double dt = 0.002;
        // Strong drives, so that what the limiter asks for in braking can be had.
        ArmDescription arm = _arm with { Limits = [.. _arm.Limits.Select(limit => limit with { Torque = 200.0 })] };
        var workspace = new RigidBodyWorkspace(arm.Model);
        for (ulong seed = 0; seed < episodes; seed++)
        {
            var random = new RandomStream(seed);
            var limiter = new CommandLimiter(arm, _settings);
            RobotState state = StateAt(Draw(random, 1.5), Draw(random, 0.5));
            var command = new JointCommand(3);
            double[] wanted = new double[3], acceleration = new double[3];
            for (int k = 0; k < cycles; k++)
            {
                if (k % 50 == 0)
                    wanted = Draw(random, 200.0);
                wanted.CopyTo(command.Torque, 0);
                state.Interval = dt;
                limiter.Limit(state, command);
                ArticulatedBody.ForwardDynamics(arm.Model, workspace, state.Position, state.Velocity, command.Torque, acceleration);
                for (int i = 0; i < 3; i++)
                {
                    state.Position[i] += dt * state.Velocity[i] + 0.5 * dt * dt * acceleration[i];
                    state.Velocity[i] += dt * acceleration[i];
                    JointLimits limit = arm.Limits[i];
                    Assert.True(state.Position[i] <= limit.Upper + 0.002 && state.Position[i] >= limit.Lower - 0.002,
                        $"seed {seed}, cycle {k}, joint {i}: position {state.Position[i]}");
                    Assert.True(Math.Abs(state.Velocity[i]) <= 1.10 * limit.Velocity,
                        $"seed {seed}, cycle {k}, joint {i}: velocity {state.Velocity[i]}");
                }

                state.Position.CopyTo(state.PositionAtActuation, 0);
                state.Velocity.CopyTo(state.VelocityAtActuation, 0);
            }
        }
    }

    [Fact]
    public void It_allocates_nothing()
    {
        var limiter = new CommandLimiter(_arm, _settings);
        RobotState state = StateAt([0, 0, 0], [0, 0, 0]);
        JointCommand command = CommandFor(state, [50, 0, 0]);
        limiter.Limit(state, command);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 1000; k++)
        {
            command.Torque[0] = 100.0;
            limiter.Limit(state, command);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static double[] Draw(RandomStream random, double size) =>
        [random.Uniform(-size, size), random.Uniform(-size, size), random.Uniform(-size, size)];

    private static RobotState StateAt(double[] position, double[] velocity)
    {
        var state = new RobotState(3) { Interval = 0.002 };
        position.CopyTo(state.Position, 0);
        velocity.CopyTo(state.Velocity, 0);
        position.CopyTo(state.PositionAtActuation, 0);
        velocity.CopyTo(state.VelocityAtActuation, 0);
        return state;
    }

    private JointCommand CommandFor(RobotState state, double[] acceleration)
    {
        var command = new JointCommand(3);
        RecursiveNewtonEuler.InverseDynamics(
            _arm.Model, new RigidBodyWorkspace(_arm.Model), state.Position, state.Velocity, acceleration, command.Torque);
        return command;
    }
}
