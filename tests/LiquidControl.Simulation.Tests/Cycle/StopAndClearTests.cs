using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using Xunit;

namespace LiquidControl.Simulation.Tests.Cycle;

/// <summary>Emergency stop, encoders that lie, clocks that stumble, and what clearing a fault brings back.</summary>
public class StopAndClearTests(ITestOutputHelper output)
{
    [Fact]
    public void The_emergency_stop_disables_within_one_cycle_and_stays_until_activated_anew()
    {
        CycleRig rig = CycleRig.InMotion();
        rig.Board.SetEmergencyStop(true);
        Assert.Equal(ControlState.Inactive, rig.Step());
        Assert.Equal(FaultCause.EmergencyStop, rig.Cycle.Faults);
        Assert.All(rig.Newest.Drive, drive => Assert.Equal(0.0, drive));
        Assert.All(rig.Newest.Torque, torque => Assert.Equal(0.0, torque));

        rig.Board.SetEmergencyStop(false);
        rig.Run(0.5);
        Assert.False(rig.Board.BridgesEnabled);
        Assert.False(rig.Cycle.ClearFault());
        Assert.Equal(FaultCause.EmergencyStop, rig.Cycle.Faults);
        Assert.Equal(0, rig.Allocated);

        double[] stands = [.. rig.Simulated.Plant.Position];
        Assert.Contains("moves at", Assert.Throws<HardwareException>(rig.Cycle.Activate).Message, StringComparison.Ordinal);
        rig.HoldStill(stands);
        rig.Activate(stands);
        rig.RunWithinLimits(0.5);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.DistanceTo(stands) < 5e-3, $"{rig.DistanceTo(stands)} rad");
    }

    [Fact]
    public void A_pressed_emergency_stop_refuses_Activate()
    {
        var rig = new CycleRig();
        rig.Board.SetEmergencyStop(true);
        rig.Simulated.Reset(CycleRig.Home);
        Assert.Throws<HardwareException>(rig.Cycle.Activate);
        Assert.Equal(ControlState.Inactive, rig.Cycle.State);
        Assert.False(rig.Board.BridgesEnabled);
    }

    [Fact]
    public void Disabled_drives_are_no_disturbance_to_the_estimator()
    {
        CycleRig rig = CycleRig.InMotion();
        rig.Board.SetEmergencyStop(true);
        rig.Step();
        rig.Run(0.05);
        Assert.All(rig.Cycle.Estimate.AppliedTorque, torque => Assert.Equal(0.0, torque, 1e-3));
    }

    [Theory]
    [InlineData(0.015)]
    [InlineData(0.03)]
    [InlineData(-0.5)]
    public void An_encoder_that_jumps_and_stays_there_is_not_believed_and_stops_the_arm(double jump)
    {
        CycleRig rig = CycleRig.InMotion();
        for (double time = 0.002; rig.Cycle.State != ControlState.Stopped; time += 0.002)
        {
            Assert.True(time <= 0.020 + 3 * 0.002, $"jump {jump}: {rig.Cycle.State} after {time} s");
            Jump(rig, jump);
            rig.Step();
        }

        Assert.Equal(FaultCause.EncoderImplausible, rig.Cycle.Faults);
        for (int k = 0; k < 250; k++)
        {
            Jump(rig, jump);
            rig.RunWithinLimits(0.002);
        }

        Assert.True(rig.Fastest < 0.1, $"still moving at {rig.Fastest} rad/s");
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(16, true)]
    [InlineData(24, false)]
    [InlineData(40, false)]
    public void Encoders_that_repeat_themselves_and_then_tell_the_truth_again_cost_a_stop_at_most(int milliseconds, bool goesOn)
    {
        // Until they are caught the observer believes them: the joints seem to brake, and what is made up against it must not be what the arm
        // is then stopped with. They are caught within some milliseconds, and 20 ms of frames that are not believed stop the arm.
        int stopped = 0;
        for (int k = 0; k < 20; k++)
        {
            CycleRig rig = CycleRig.HoldingAt(CycleRig.Home, seed: (ulong)k + 1);
            rig.Cycle.Setpoints.Post(CycleRig.Place);
            rig.Run(0.04 + 0.04 * k);
            int[] counts = [.. rig.Newest.Sensors.EncoderCounts];
            for (int time = 0; time < milliseconds; time += 2)
            {
                for (int joint = 0; joint < counts.Length; joint++)
                    rig.Board.SetEncoderCounts(joint, counts[joint]);
                rig.RunWithinLimits(0.002);
            }

            for (int cycle = 0; cycle < 500; cycle++)
            {
                rig.RunWithinLimits(0.002);
                double error = rig.Cycle.Estimate.Position.Select((q, i) => Math.Abs(q - rig.Simulated.Plant.Position[i])).Max();
                Assert.True(error < 0.15, $"from cycle {20 * (k + 1)}: {rig.Cycle.State} and {error} rad astray after {2 * cycle} ms");
            }

            stopped += rig.Cycle.State == ControlState.Active ? 0 : 1;
            if (rig.Cycle.State != ControlState.Active)
                Assert.True(rig.Cycle.ClearFault(), $"{rig.Cycle.State}");
            rig.RunWithinLimits(0.2);
            rig.Cycle.Setpoints.Post(CycleRig.Place);
            rig.RunWithinLimits(2.5);
            Assert.Equal(ControlState.Active, rig.Cycle.State);
            Assert.True(rig.DistanceTo(CycleRig.Place) < 1e-3, $"{rig.DistanceTo(CycleRig.Place)} rad");
            Assert.Equal(0, rig.Allocated);
        }

        output.WriteLine($"{milliseconds} ms: stopped in {stopped} of 20");
        Assert.Equal(goesOn, stopped == 0);
    }

    [Fact]
    public void A_clear_takes_the_word_of_an_encoder_that_was_not_believed()
    {
        CycleRig rig = CycleRig.HoldingAt(CycleRig.Home);
        for (int k = 0; k < 300; k++)
        {
            Jump(rig, 0.05);
            rig.Step();
        }

        Assert.Equal(FaultCause.EncoderImplausible, rig.Cycle.Faults & FaultCause.EncoderImplausible);
        double believed = rig.Cycle.Estimate.Position[1];
        Assert.True(rig.Cycle.ClearFault());
        Assert.Equal(believed + 0.05, rig.Cycle.Estimate.Position[1], 5e-3);
        for (int k = 0; k < 300; k++)
        {
            Jump(rig, 0.05);
            rig.RunWithinLimits(0.002);
        }

        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.Fastest < 0.02, $"still moving at {rig.Fastest} rad/s");
    }

    [Fact]
    public void A_stopped_arm_that_moves_otherwise_than_predicted_is_disabled()
    {
        CycleRig rig = CycleRig.InMotion();
        double jump = 0.05;
        int cycles = 0;
        for (; rig.Cycle.State != ControlState.Inactive; cycles++)
        {
            Assert.True(cycles < 200, $"{rig.Cycle.State}, {rig.Cycle.Faults}");
            jump += 0.002;
            Jump(rig, jump);
            rig.RunWithinLimits(0.002);
        }

        output.WriteLine($"disabled after {2 * cycles} ms");
        Assert.True(cycles > 100);
        Assert.Equal(FaultCause.EncoderImplausible, rig.Cycle.Faults & FaultCause.EncoderImplausible);
        Assert.False(rig.Board.BridgesEnabled);
    }

    [Fact]
    public void A_single_outlier_is_rejected_and_nothing_happens()
    {
        CycleRig rig = CycleRig.InMotion();
        Jump(rig, 0.1);
        rig.Step();
        Assert.Equal(0.0, rig.Cycle.Estimate.Innovation[1]);
        rig.RunWithinLimits(1.5);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.DistanceTo(CycleRig.Place) < 1e-3, $"{rig.DistanceTo(CycleRig.Place)} rad");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_frozen_encoder_stops_the_arm_on_its_prediction(int joint)
    {
        CycleRig rig = CycleRig.InMotion();
        int counts = rig.Newest.Sensors.EncoderCounts[joint];
        for (double time = 0.002; rig.Cycle.State != ControlState.Stopped; time += 0.002)
        {
            Assert.True(time <= 0.040 + 2 * 0.002, $"{rig.Cycle.State} after {time} s");
            rig.Board.SetEncoderCounts(joint, counts);
            rig.RunWithinLimits(0.002);
        }

        Assert.Equal(FaultCause.EncoderImplausible, rig.Cycle.Faults);
        for (int k = 0; k < 400; k++)
        {
            rig.Board.SetEncoderCounts(joint, counts);
            rig.RunWithinLimits(0.002);
        }

        double error = Math.Abs(rig.Cycle.Estimate.Position[joint] - rig.Simulated.Plant.Position[joint]);
        output.WriteLine($"joint {joint + 1}: at rest {1e3 * error:F0} mrad from where it is believed, {rig.Cycle.Faults}");
        Assert.Equal(ControlState.Stopped, rig.Cycle.State);
        Assert.True(rig.Fastest < 0.02, $"still moving at {rig.Fastest} rad/s");
        Assert.True(error < 0.15, $"{error} rad");
    }

    [Fact]
    public void An_encoder_that_freezes_while_its_joint_gathers_speed_stops_the_arm_too()
    {
        CycleRig rig = CycleRig.HoldingAt(CycleRig.Home);
        rig.Cycle.Setpoints.Post(CycleRig.Place);
        rig.Run(0.09);
        int counts = rig.Newest.Sensors.EncoderCounts[0];
        for (double time = 0.0; rig.Cycle.State is not (ControlState.Stopped or ControlState.Inactive); time += 0.002)
        {
            Assert.True(time < 0.15, $"{rig.Cycle.State} after {time} s");
            rig.Board.SetEncoderCounts(0, counts);
            rig.RunWithinLimits(0.002);
        }
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-10_000_000_000L)]
    public void A_clock_that_stands_still_or_runs_backwards_holds_the_arm(long step)
    {
        CycleRig rig = CycleRig.InMotion();
        rig.Clock.Skew += step - 2_000_000;
        Assert.Equal(ControlState.Holding, rig.Step());
        Assert.Equal(FaultCause.BadInterval, rig.Cycle.Faults);
        double[] before = [.. rig.Cycle.Reference.Now.Position];
        rig.RunWithinLimits(0.6);
        Assert.Equal(ReferencePhase.Hold, rig.Cycle.Reference.Phase);
        Assert.True(rig.Fastest < 0.02, $"still moving at {rig.Fastest} rad/s");
        Assert.True(rig.DistanceTo(before) < 0.4, "the arm came to rest far from where it was told to");
        Assert.Equal(0, rig.Allocated);
    }

    [Fact]
    public void The_first_cycle_may_follow_Activate_at_the_same_instant()
    {
        var rig = new CycleRig();
        rig.Activate(CycleRig.Home);
        Assert.Equal(ControlState.Active, rig.Step());
        Assert.Equal(0.0, rig.Newest.Interval);
        Assert.Equal(ControlState.Active, rig.Step());
        Assert.Equal(0.002, rig.Newest.Interval, 1e-12);
    }

    [Theory]
    [InlineData(12_000_000L, ControlState.Active)]
    [InlineData(30_000_000L, ControlState.Holding)]
    public void A_late_loop_is_counted_and_held_from_20_ms_on(long gap, ControlState expected)
    {
        CycleRig rig = CycleRig.InMotion();
        rig.Simulated.Advance(gap - 2_000_000);
        Assert.Equal(expected, rig.Step());
        Assert.Equal(expected == ControlState.Active ? FaultCause.None : FaultCause.LoopLate, rig.Cycle.Faults);
        Assert.Equal(1, rig.Cycle.Statistics.LateCycles);
        rig.RunWithinLimits(1.5);
        Assert.Equal(expected, rig.Cycle.State);
        Assert.True(rig.Fastest < 0.02, $"still moving at {rig.Fastest} rad/s");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(2000)]
    [InlineData(3_600_000)]
    public void A_loop_that_was_asleep_holds_or_stops_the_arm_where_it_then_stands(int milliseconds)
    {
        CycleRig rig = CycleRig.InMotion();

        // The monostable has let go of the bridges: the arm sags to wherever it comes to rest.
        rig.Simulated.Advance(Math.Min(milliseconds, 2000) * 1_000_000L);
        rig.Clock.Skew += Math.Max(0, milliseconds - 2000) * 1_000_000L;
        double[] stands = [.. rig.Simulated.Plant.Position];
        rig.Step();
        Assert.True(rig.Cycle.State is ControlState.Holding or ControlState.Stopped);
        Assert.Equal(FaultCause.LoopLate, rig.Cycle.Faults & FaultCause.LoopLate);
        rig.Run(1.0);
        output.WriteLine($"{milliseconds} ms: {rig.Cycle.State}, {rig.Cycle.Faults}, {1e3 * rig.DistanceTo(stands):F0} mrad from there");
        Assert.True(rig.Fastest < 0.02, $"still moving at {rig.Fastest} rad/s");
        Assert.True(rig.DistanceTo(stands) < 0.2, $"{rig.DistanceTo(stands)} rad from where it woke up");
        Assert.Equal(0, rig.Allocated);
    }

    [Fact]
    public void A_goal_posted_while_faulted_is_void_after_the_clear_and_the_next_one_is_taken()
    {
        CycleRig rig = CycleRig.InMotion();
        rig.Faults.FailEncoders(BusResult.Timeout, 16);
        rig.RunUntil(ControlState.Holding, 0.034);
        Assert.False(rig.Cycle.ClearFault());
        rig.Cycle.Setpoints.Post(CycleRig.Home);
        rig.RunWithinLimits(1.0);
        Assert.Equal(ControlState.Holding, rig.Cycle.State);
        Assert.Equal(ReferencePhase.Hold, rig.Cycle.Reference.Phase);
        double[] stands = [.. rig.Simulated.Plant.Position];

        Assert.True(rig.Cycle.ClearFault());
        rig.RunWithinLimits(0.5);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.Equal(FaultCause.None, rig.Cycle.Faults);
        Assert.True(rig.DistanceTo(stands) < 2e-3, $"moved by {rig.DistanceTo(stands)} rad");

        rig.Cycle.Setpoints.Post(CycleRig.Home);
        rig.RunWithinLimits(2.5);
        Assert.True(rig.DistanceTo(CycleRig.Home) < 1e-3, $"{rig.DistanceTo(CycleRig.Home)} rad");
    }

    [Fact]
    public void A_fault_that_is_still_there_comes_back_at_once()
    {
        CycleRig rig = CycleRig.InMotion();
        rig.Faults.FailEncoders(BusResult.Timeout);
        rig.RunUntil(ControlState.Stopped, 0.110);
        rig.RunWithinLimits(1.0);
        rig.Cycle.Setpoints.Post(CycleRig.Home);
        Assert.True(rig.Cycle.ClearFault());
        Assert.Equal(ControlState.Stopped, rig.Step());
        Assert.Equal(FaultCause.EncoderSilent, rig.Cycle.Faults);
    }

    [Fact]
    public void An_arm_that_is_pushed_away_stops_where_it_is_and_does_not_push_back_to_its_plan()
    {
        // The plant is put elsewhere at once, encoders and all, slowly enough for the gate.
        CycleRig rig = CycleRig.HoldingAt(CycleRig.Home);
        double[] reference = [.. rig.Cycle.Reference.Now.Position];
        rig.Cycle.Reference.HoldAt([.. reference.Select((q, i) => i == 0 ? q + 0.3 : q)]);
        Assert.Equal(ControlState.Stopped, rig.Step());
        Assert.Equal(FaultCause.TrackingError, rig.Cycle.Faults);
        rig.RunWithinLimits(1.0);
        Assert.True(rig.DistanceTo(CycleRig.Home) < 5e-3, $"{rig.DistanceTo(CycleRig.Home)} rad");
    }

    /// <summary>Joint 2's encoder gives the true counts plus a jump in the cycle that follows.</summary>
    private static void Jump(CycleRig rig, double jump)
    {
        EncoderScale scale = CycleRig.Believed.Encoders[1];
        rig.Board.SetEncoderCounts(1, scale.Counts(rig.Simulated.Plant.Position[1] + jump));
    }
}
