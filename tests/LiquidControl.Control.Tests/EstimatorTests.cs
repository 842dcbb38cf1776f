using LiquidControl.Numerics;
using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Control.Tests;

/// <summary>The estimator against a true arm: an articulated body integrated finely, seen through wrapping encoders.</summary>
public class EstimatorTests
{
    private const double Dt = 0.002;
    private const int CountsPerTurn = 1 << 20;

    private readonly ControllerSettings _settings = new();
    private readonly ArmDescription _arm = TestArm.Create(lag: 0.0) with
    {
        // Zero lies just above a wrap, so that every small negative angle is on the other side of it.
        Encoders = [new(CountsPerTurn, 100, 1), new(CountsPerTurn, CountsPerTurn - 5, -1), new(CountsPerTurn, 0, 1)],
    };

    [Fact]
    public void A_payload_that_nobody_told_is_found_as_disturbance_torque_and_held()
    {
        Truth truth = new(_arm, payload: 0.5, [0.3, 0.8, -0.4]);
        var loop = new HoldingLoop(truth, _arm, _settings);
        for (int k = 0; k < 1000; k++)
            loop.Step(Dt);
        double[] known = new double[3], needed = new double[3], zero = new double[3];
        RecursiveNewtonEuler.InverseDynamics(_arm.Model, new RigidBodyWorkspace(_arm.Model), truth.Position, zero, zero, known);
        RecursiveNewtonEuler.InverseDynamics(truth.Model, new RigidBodyWorkspace(truth.Model), truth.Position, zero, zero, needed);
        Assert.True(Math.Abs(needed[1] - known[1]) > 1.0);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(needed[i] - known[i], loop.Estimator.State.DisturbanceTorque[i], 5e-3);
            Assert.Equal(truth.Position[i], loop.Estimator.State.Position[i], 1e-5);
            Assert.Equal(0.0, loop.Estimator.State.Velocity[i], 1e-3);
        }

        Assert.Equal(0.3, truth.Position[0], 1e-3);
        Assert.Equal(0.8, truth.Position[1], 1e-3);
    }

    [Theory]
    [InlineData(0.4, 0.0)]
    [InlineData(0.0, 0.5)]
    [InlineData(0.4, 0.5)]
    public void Dropped_frames_and_irregular_periods_leave_the_same_answer(double drops, double jitter)
    {
        const ulong seed = 5;
        var random = new RandomStream(seed);
        Truth truth = new(_arm, payload: 0.5, [0.3, 0.8, -0.4]);
        var loop = new HoldingLoop(truth, _arm, _settings);
        for (int k = 0; k < 1500; k++)
            loop.Step(Dt * (1.0 + jitter * random.Uniform(-1, 1)), fresh: random.NextDouble() >= drops);
        double[] needed = new double[3], known = new double[3], zero = new double[3];
        RecursiveNewtonEuler.InverseDynamics(_arm.Model, new RigidBodyWorkspace(_arm.Model), truth.Position, zero, zero, known);
        RecursiveNewtonEuler.InverseDynamics(truth.Model, new RigidBodyWorkspace(truth.Model), truth.Position, zero, zero, needed);
        Assert.Equal(needed[1] - known[1], loop.Estimator.State.DisturbanceTorque[1], 2e-2);
        Assert.Equal(truth.Position[1], loop.Estimator.State.Position[1], 1e-4);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(-0.9)]
    public void Angles_are_followed_across_the_wrap_of_a_14_bit_encoder(double speed)
    {
        ArmDescription arm = TestArm.Create(lag: 0.0) with { Encoders = [new(16384, 100, 1), new(16384, 16000, -1), new(16384, 0, 1)] };
        var estimator = new Estimator(arm, _settings);
        var applied = new AppliedTorque(3, 0.0, 0);
        var command = new JointCommand(3);
        double yaw = -speed;
        Assert.True(estimator.Reset(FrameAt(arm, [yaw, 0, 0])));
        Assert.Equal(yaw, estimator.State.Position[0], 4e-4);

        // Upright: the yaw axis carries no gravity, so no torque is needed to turn at a steady speed.
        for (int k = 0; k < 1000; k++)
        {
            yaw += speed * Dt;
            estimator.Update(FrameAt(arm, [yaw, 0, 0]), Dt, applied, command);
            Assert.Equal(1.0, estimator.State.FreshPart);
            if (k > 100)
                Assert.Equal(yaw, estimator.State.Position[0], 1e-3);
        }

        Assert.Equal(speed, estimator.State.Velocity[0], 2e-2);
    }

    [Theory]
    [InlineData(0.011)]
    [InlineData(-0.4)]
    [InlineData(3.0)]
    public void An_outlier_counts_as_a_frame_that_did_not_come(double error)
    {
        Estimator seen = Standing(), missed = Standing();
        var applied = new AppliedTorque(3, 0.0, 0);
        var command = new JointCommand(3);
        SensorFrame outlier = FrameAt(_arm, [error, 0, 0]), nothing = FrameAt(_arm, [0, 0, 0]), good = FrameAt(_arm, [0, 0, 0]);
        nothing.EncoderStatus[0] = ChannelStatus.ParityError;
        seen.Update(outlier, Dt, applied, command);
        missed.Update(nothing, Dt, applied, command);
        Assert.Equal(0.0, seen.State.Innovation[0]);
        Assert.Equal(2.0 / 3.0, seen.State.FreshPart, 1e-12);
        seen.Update(good, Dt, applied, command);
        missed.Update(good, Dt, applied, command);
        Assert.Equal(missed.State.Position, seen.State.Position);
        Assert.Equal(missed.State.Velocity, seen.State.Velocity);
        Assert.Equal(0.0, seen.LongestRejection);
        Assert.Equal(0.0, seen.OldestAge);
    }

    [Theory]
    [InlineData(0.015, 1)]
    [InlineData(0.03, 1)]
    [InlineData(0.03, 3)]
    [InlineData(1.0, 1)]
    public void A_jump_that_stays_is_never_believed_and_its_time_is_counted(double jump, int everyNth)
    {
        Estimator estimator = Standing();
        var applied = new AppliedTorque(3, 0.0, 0);
        var command = new JointCommand(3);
        for (int k = 0; k < 200; k++)
        {
            SensorFrame frame = FrameAt(_arm, [jump, 0, 0]);
            if (k % everyNth != 0)
                frame.EncoderStatus[0] = ChannelStatus.BusError;
            estimator.Update(frame, Dt, applied, command);
            Assert.Equal(0.0, estimator.State.Position[0], 1e-4);
            Assert.Equal(k * Dt, estimator.LongestRejection, 1e-9);
        }
    }

    [Fact]
    public void Frames_that_lag_are_taken_back_when_the_truth_returns()
    {
        Estimator estimator = Standing();
        var applied = new AppliedTorque(3, 0.0, 0);
        var command = new JointCommand(3);
        double yaw = 0.0;
        const double speed = 2.5;
        for (int k = 0; k < 103; k++)
        {
            yaw += speed * Dt;

            // After 0.2 s at a steady speed three frames crawl: each is another one, so the encoder does not stand.
            double seen = k > 99 ? 100 * speed * Dt + (k - 99) * 5e-4 : yaw;
            estimator.Update(FrameAt(_arm, [seen, 0, 0]), Dt, applied, command);
        }

        Assert.True(estimator.State.Velocity[0] < 0.8 * speed, "the observer was to be drawn along");
        yaw += speed * Dt;
        estimator.Update(FrameAt(_arm, [yaw, 0, 0]), Dt, applied, command);
        Assert.Equal(1.0, estimator.State.FreshPart);
        Assert.Equal(yaw, estimator.State.Position[0], 1e-3);
        Assert.Equal(speed, estimator.State.Velocity[0], 0.05);
        Assert.Equal(0.0, estimator.LongestRejection);
    }

    [Theory]
    [InlineData(1.5, true)]
    [InlineData(0.5, true)]
    [InlineData(0.1, false)]
    public void An_encoder_that_freezes_on_the_move_is_rejected_within_24_ms_and_the_joint_predicted_on(double speed, bool seen)
    {
        Estimator estimator = Standing();
        var applied = new AppliedTorque(3, 0.0, 0);
        var command = new JointCommand(3);
        for (int k = 0; k < 140; k++)
        {
            estimator.Update(FrameAt(_arm, [Math.Min(k, 100) * speed * Dt, 0, 0]), Dt, applied, command);
            Assert.True(k is > 100 and < 112 || estimator.State.IsRejected[0] == (seen && k > 103), $"{k - 100} frames after: {estimator.State.IsRejected[0]}");
        }

        // 80 ms later a slow one has been followed to where it stands.
        Assert.Equal(seen ? 139 * speed * Dt : 100 * speed * Dt, estimator.State.Position[0], 0.02);
        Assert.Equal(seen ? speed : 0.0, estimator.State.Velocity[0], 0.1);
        Assert.Equal(0.0, estimator.FurthestAstray);
    }

    [Fact]
    public void An_encoder_that_freezes_after_a_long_gap_is_found_as_well()
    {
        Estimator estimator = Standing();
        var applied = new AppliedTorque(3, 0.0, 0);
        var command = new JointCommand(3);
        const double speed = 1.0;
        double yaw = 0.0;
        for (int k = 0; k < 250; k++)
        {
            double dt = k == 50 ? 0.2 : Dt;
            yaw += k < 200 ? speed * dt : 0.0;
            estimator.Update(FrameAt(_arm, [yaw, 0, 0]), dt, applied, command);
        }

        Assert.True(estimator.State.IsRejected[0]);
    }

    [Fact]
    public void A_distrusted_encoder_is_not_believed_until_its_word_is_taken_again()
    {
        Estimator estimator = Standing();
        var applied = new AppliedTorque(3, 0.0, 0);
        var command = new JointCommand(3);
        double seen = 0.0;
        for (int k = 0; k < 100; k++)
            estimator.Update(FrameAt(_arm, [seen += 2.0 * Dt, 0, 0]), Dt, applied, command);
        Assert.Equal(2.0, estimator.State.Velocity[0], 0.02);

        estimator.Distrust(0, faster: -2.0);
        Assert.True(estimator.HasRestarted);
        double stood = estimator.State.Position[0];
        for (int k = 0; k < 5; k++)
            estimator.Update(FrameAt(_arm, [seen += 2.0 * Dt, 0, 0]), Dt, applied, command);
        Assert.Equal(0.0, estimator.State.Velocity[0], 0.05);
        Assert.Equal(stood, estimator.State.Position[0], 1e-3);
        Assert.True(estimator.State.IsRejected[0]);

        // The frame that is at hand when its word is taken may be one that was lost.
        estimator.Reacquire(new SensorFrame(3));
        Assert.True(estimator.State.IsRejected[0]);
        estimator.Update(FrameAt(_arm, [seen, 0, 0]), Dt, applied, command);
        Assert.False(estimator.State.IsRejected[0]);
        Assert.Equal(seen, estimator.State.Position[0], 1e-5);
    }

    [Fact]
    public void Without_an_encoder_a_motor_tells_how_fast_its_joint_is()
    {
        var motor = new DcMotor(50, 0.8, 0.055, 0.45, 10, 3e-5);
        ArmDescription arm = _arm with
        {
            Motors = [.. Enumerable.Repeat(motor, 3)],
            Currents = [.. Enumerable.Repeat(new CurrentScale(0.001, 0, 1), 3)],
        };
        var estimator = new Estimator(arm, _settings);
        Assert.True(estimator.Reset(FrameAt(arm, [0, 0, 0])));
        var silent = new SensorFrame(3);
        Array.Fill(silent.CurrentStatus, ChannelStatus.Fresh);

        // Nothing was applied, and the current brakes: somebody turns the joint at 0.5 rad/s.
        silent.CurrentCounts[0] = arm.Currents[0].Counts(motor.Current(0.0, 24.0, 0.5));
        var applied = new AppliedTorque(3, 0.0, 0);
        for (int k = 0; k < 100; k++)
        {
            double believed = estimator.State.Velocity[0];
            silent.CurrentCounts[0] = arm.Currents[0].Counts(motor.Current(0.0, 24.0, 0.5 - believed));
            estimator.Update(silent, Dt, applied, new JointCommand(3));
        }

        Assert.Equal(0.5, estimator.State.Velocity[0], 0.03);
        Assert.Equal(0.5 * 0.170, estimator.State.Position[0], 0.015);
    }

    [Fact]
    public void A_joint_that_turns_back_is_not_frozen()
    {
        Estimator estimator = Standing();
        var applied = new AppliedTorque(3, 0.0, 0);
        for (int k = 0; k < 500; k++)
        {
            // 0.8 rad/s at most, through rest twice a second, to a count of 14 bits.
            double yaw = Math.Round(0.25 * (1.0 - Math.Cos(Math.PI * k * Dt)) * 2607.0) / 2607.0;
            estimator.Update(FrameAt(_arm, [yaw, 0, 0]), Dt, applied, new JointCommand(3));
            Assert.False(estimator.State.IsRejected[0], $"after {k} cycles");
        }
    }

    [Fact]
    public void What_rejected_frames_say_of_the_motion_is_summed_and_jumps_are_not()
    {
        Estimator estimator = Standing();
        var applied = new AppliedTorque(3, 0.0, 0);
        var command = new JointCommand(3);
        for (int k = 0; k < 100; k++)
            estimator.Update(FrameAt(_arm, [0.5 + 0.001 * k, 0, 0]), Dt, applied, command);
        Assert.Equal(0.099, estimator.FurthestAstray, 2e-3);
        estimator.Update(FrameAt(_arm, [0.2, 0, 0]), Dt, applied, command);
        Assert.Equal(0.0, estimator.FurthestAstray);

        estimator.Reacquire(FrameAt(_arm, [0.2, 0.3, 0]));
        Assert.Equal(0.2, estimator.State.Position[0], 1e-5);
        Assert.Equal(0.0, estimator.State.Position[1], 1e-5);
        Assert.Equal(0.0, estimator.LongestRejection);
        Assert.Equal(0.0, estimator.OldestAge);
    }

    [Fact]
    public void After_a_long_gap_the_arm_is_taken_to_stand_where_the_encoders_see_it()
    {
        Estimator estimator = Standing();
        var applied = new AppliedTorque(3, 0.0, 0);
        estimator.Update(FrameAt(_arm, [0.4, -0.2, 0.1]), 3600.0, applied, new JointCommand(3));
        Assert.Equal(0.4, estimator.State.Position[0], 1e-5);
        Assert.Equal(-0.2, estimator.State.Position[1], 1e-5);
        Assert.Equal(0.0, estimator.State.Velocity[0]);
        Assert.Equal(0.0, estimator.OldestAge);
    }

    [Fact]
    public void The_disturbance_torque_does_not_depend_on_who_applied_the_torque()
    {
        Estimator own = Standing(), network = Standing();
        AppliedTorque byLaw = new(3, 0.0, 0), byNetwork = new(3, 0.0, 0);
        var command = new JointCommand(3);
        double yaw = 0.0, speed = 0.0, inertia = 0.0;
        double[] mass = new double[9];
        CompositeRigidBody.MassMatrix(_arm.Model, new RigidBodyWorkspace(_arm.Model), [0, 0, 0], mass);
        inertia = mass[0];
        for (int k = 0; k < 300; k++)
        {
            byLaw.Written([0.3, 0, 0], [0, 0, 0], [0, 0, 0]);
            byNetwork.Written([0.3, 0, 0], [0.2, 0, 0], [0.05, 0, 0]);
            byLaw.Advance(Dt);
            byNetwork.Advance(Dt);

            // 0.1 N·m of what is applied goes into something the model does not know.
            double acceleration = 0.2 / inertia;
            yaw += Dt * speed + 0.5 * Dt * Dt * acceleration;
            speed += Dt * acceleration;
            own.Update(FrameAt(_arm, [yaw, 0, 0]), Dt, byLaw, command);
            network.Update(FrameAt(_arm, [yaw, 0, 0]), Dt, byNetwork, command);
            if (k > 5)
                Assert.Equal(own.State.DisturbanceTorque[0], network.State.DisturbanceTorque[0], 0.04);
        }

        Assert.Equal(0.1, own.State.DisturbanceTorque[0], 2e-3);
        Assert.Equal(0.1, network.State.DisturbanceTorque[0], 2e-3);
    }

    [Fact]
    public void It_does_not_start_without_a_fresh_frame_of_every_encoder()
    {
        SensorFrame frame = FrameAt(_arm, [0, 0, 0]);
        frame.EncoderStatus[2] = ChannelStatus.ParityError;
        Assert.False(new Estimator(_arm, _settings).Reset(frame));
    }

    /// <summary>What an earlier activation read is in no recording of this one.</summary>
    [Fact]
    public void A_supply_that_cannot_be_read_at_reset_is_the_nominal_one_whatever_was_read_before()
    {
        Estimator estimator = new(_arm, _settings);
        SensorFrame frame = FrameAt(_arm, [0, 0, 0]);
        (frame.SupplyCounts, frame.SupplyStatus) = (5000, ChannelStatus.Fresh);
        estimator.Reset(frame);
        Assert.Equal(20.0, estimator.State.Supply);
        frame.SupplyStatus = ChannelStatus.BusError;
        estimator.Reset(frame);
        Assert.Equal(_arm.NominalSupply, estimator.State.Supply);
    }

    [Fact]
    public void The_state_at_actuation_is_where_the_expected_acceleration_leads()
    {
        ArmDescription arm = _arm with { TorqueLag = 0.004 };
        var estimator = new Estimator(arm, _settings with { ActuationDelayCycles = 2 });
        estimator.Reset(FrameAt(arm, [0, 0, 0]));
        var command = new JointCommand(3);
        command.ExpectedAcceleration[0] = 5.0;
        estimator.Update(FrameAt(arm, [0, 0, 0]), Dt, new AppliedTorque(3, 0.0, 0), command);
        const double ahead = 2.0 / 500.0 + 0.004;
        Assert.Equal(5.0 * ahead, estimator.State.VelocityAtActuation[0] - estimator.State.Velocity[0], 1e-12);
        Assert.Equal(
            ahead * estimator.State.Velocity[0] + 2.5 * ahead * ahead, estimator.State.PositionAtActuation[0] - estimator.State.Position[0], 1e-12);
    }

    private Estimator Standing()
    {
        var estimator = new Estimator(_arm, _settings);
        Assert.True(estimator.Reset(FrameAt(_arm, [0, 0, 0])));
        return estimator;
    }

    private static SensorFrame FrameAt(ArmDescription arm, ReadOnlySpan<double> position)
    {
        var frame = new SensorFrame(3);
        for (int i = 0; i < 3; i++)
        {
            int turn = arm.Encoders[i].CountsPerTurn;
            frame.EncoderCounts[i] = (arm.Encoders[i].Counts(position[i]) % turn + turn) % turn;
            frame.EncoderStatus[i] = ChannelStatus.Fresh;
        }

        return frame;
    }

    /// <summary>A frictionless arm with a point mass at its tool, integrated in steps of a tenth of a millisecond.</summary>
    private sealed class Truth(ArmDescription arm, double payload, double[] position)
    {
        private readonly RigidBodyWorkspace _workspace = new(arm.Model);
        private readonly double[] _acceleration = new double[3];

        public RigidBodyModel Model { get; } = new(
            "truth", arm.Model.Joints, [arm.Model.Bodies[0], arm.Model.Bodies[1], arm.Model.Bodies[2] + BodyInertia.PointMass(payload, arm.Model.Tool.Translation)],
            arm.Model.Tool, arm.Model.Armature);

        public double[] Position { get; } = [.. position];

        public double[] Velocity { get; } = new double[3];

        public void Advance(double dt, ReadOnlySpan<double> torque)
        {
            int steps = (int)Math.Ceiling(dt / 1e-4);
            double h = dt / steps;
            for (int k = 0; k < steps; k++)
            {
                ArticulatedBody.ForwardDynamics(Model, _workspace, Position, Velocity, torque, _acceleration);
                for (int i = 0; i < 3; i++)
                {
                    Velocity[i] += h * _acceleration[i];
                    Position[i] += h * Velocity[i];
                }
            }
        }
    }

    /// <summary>Estimator and classical law keep the true arm where it began.</summary>
    private sealed class HoldingLoop
    {
        private readonly ArmDescription _arm;
        private readonly Truth _truth;
        private readonly AppliedTorque _applied = new(3, 0.0, 0);
        private readonly ControlLaw _law;
        private readonly JointCommand _command = new(3);
        private readonly JointReference _reference = new(3);

        public HoldingLoop(Truth truth, ArmDescription arm, ControllerSettings settings)
        {
            _arm = arm;
            _truth = truth;
            _law = new ControlLaw(arm, settings);
            Estimator = new Estimator(arm, settings);
            Assert.True(Estimator.Reset(FrameAt(arm, truth.Position)));
            truth.Position.CopyTo(_reference.Position, 0);
        }

        public Estimator Estimator { get; }

        public void Step(double dt, bool fresh = true)
        {
            _law.Compute(ControllerKind.CtEso, Estimator.State, _reference, _command);
            _applied.Written(_command.Torque, _command.Residual, _command.Friction);
            _truth.Advance(dt, _command.Torque);
            _applied.Advance(dt);
            SensorFrame frame = FrameAt(_arm, _truth.Position);
            if (!fresh)
                Array.Fill(frame.EncoderStatus, ChannelStatus.BusError);
            Estimator.Update(frame, dt, _applied, _command);
        }
    }
}
