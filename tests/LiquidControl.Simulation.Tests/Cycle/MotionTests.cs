using LiquidControl.Control;
using LiquidControl.Control.Tests;
using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Simulation.Tests.Cycle;

/// <summary>The fault-free arm: it arrives, allocates nothing and repeats itself bit for bit; goals in motion and bad goals.</summary>
public class MotionTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(ControllerKind.CtEso, 1e-3)]
    [InlineData(ControllerKind.CtRls, 1e-3)]
    [InlineData(ControllerKind.CtI, 5e-3)]
    [InlineData(ControllerKind.Liquid, 1e-3)]
    public void A_move_reaches_its_goal_within_limits_without_a_byte_allocated(ControllerKind kind, double tolerance)
    {
        var rig = new CycleRig(kind, kind == ControllerKind.Liquid ? arm => TestPolicy.Constant(arm, 0.05) : null);
        rig.Activate(CycleRig.Home);
        rig.RunWithinLimits(0.1);
        rig.Cycle.Setpoints.Post(CycleRig.Place);
        rig.Step();
        double duration = rig.Cycle.Reference.Duration;
        rig.RunWithinLimits(duration + 0.5);
        output.WriteLine($"{kind}: {duration:F2} s, {1e3 * rig.DistanceTo(CycleRig.Place):F2} mrad off, {rig.Allocated} bytes");
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.Equal(FaultCause.None, rig.Cycle.Faults);
        Assert.Equal(ResidualFault.None, rig.Cycle.ResidualFault);
        Assert.True(rig.DistanceTo(CycleRig.Place) < tolerance, $"{rig.DistanceTo(CycleRig.Place)} rad");
        Assert.Equal(0, rig.Allocated);
        Assert.Equal(0, rig.Board.ReversalsUnderDrive);
        Assert.Equal(0, rig.Cycle.Statistics.DroppedCycles);
        Assert.Equal(0, rig.Cycle.Statistics.LateCycles);
    }

    [Fact]
    public void The_same_seed_gives_the_same_hash_and_another_seed_another()
    {
        ulong first = HashOf(1);
        Assert.Equal(first, HashOf(1));
        Assert.NotEqual(first, HashOf(2));

        static ulong HashOf(ulong seed) => CycleRig.InMotion(
            ControllerKind.Liquid, arm => TestPolicy.Constant(arm, 0.05), Scenario.Perturbed, seed).Cycle.StateHash;
    }

    [Fact]
    public void A_run_after_another_on_the_same_controller_gives_the_same_hash_as_on_a_new_one()
    {
        // Start and clock are the same for both; only what the first run left behind in the controller could make a difference.
        Assert.Equal(HashOf(usedBefore: false), HashOf(usedBefore: true));

        static ulong HashOf(bool usedBefore)
        {
            ArmDescription arm = TestArms.Ur5e with { Poses = new Dictionary<string, double[]>() };
            double[] start = [0.3, -1.2, 1.0, 0.4, 0.7, -0.8], goal = [0.8, -0.9, 0.6, 0.0, 1.0, -0.2];
            var hardware = new IdealTorqueHardware(6);
            SimulatedArm simulated = SimulatedArm.ForEpisode(arm, Scenario.Nominal, 1, hardware);
            var clock = new CycleRig.SkewedClock(simulated.Clock);
            var cycle = new ControlCycle(arm, new ControllerSettings(), ControllerKind.CtEso, hardware, clock);
            cycle.Configure();
            if (usedBefore)
            {
                Move(steps: 300);
                cycle.Deactivate();
                clock.Skew = -simulated.Clock.NowNs;
            }

            Move(steps: 400);
            return cycle.StateHash;

            void Move(int steps)
            {
                simulated.Reset(start);
                cycle.Activate();
                for (int k = 0; k < steps; k++)
                {
                    if (k == 50)
                        cycle.Setpoints.Post(goal);
                    cycle.Step();
                    simulated.Advance(2_000_000);
                }
            }
        }
    }

    [Fact]
    public void A_new_goal_in_mid_motion_is_reached_within_limits()
    {
        CycleRig rig = CycleRig.InMotion();
        double[] goal = [.. CycleRig.Home.Select(q => 0.5 * q)];
        rig.Cycle.Setpoints.Post(goal);
        rig.Step();
        Assert.Equal(ReferencePhase.Brake, rig.Cycle.Reference.Phase);
        rig.RunWithinLimits(2.5);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.DistanceTo(goal) < 1e-3, $"{rig.DistanceTo(goal)} rad");
        Assert.Equal(0, rig.Allocated);
    }

    [Theory]
    [InlineData(double.NaN, TrajectoryResult.NotFinite)]
    [InlineData(double.NegativeInfinity, TrajectoryResult.NotFinite)]
    [InlineData(3.2, TrajectoryResult.GoalBeyondLimit)]
    public void A_bad_goal_is_refused_and_the_motion_goes_on(double bad, TrajectoryResult expected)
    {
        CycleRig rig = CycleRig.InMotion();
        double[] goal = [.. CycleRig.Home];
        goal[3] = bad;
        rig.Cycle.Setpoints.Post(goal);
        rig.Step();
        Assert.Equal(expected, rig.Cycle.Reference.LastResult);
        Assert.True(rig.Newest.SetpointTaken);
        Assert.Equal(bad, rig.Newest.Setpoint[3]);
        Assert.Equal(expected, rig.Newest.SetpointResult);
        Assert.Equal(ReferencePhase.Move, rig.Cycle.Reference.Phase);
        rig.RunWithinLimits(1.5);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.DistanceTo(CycleRig.Place) < 1e-3, $"{rig.DistanceTo(CycleRig.Place)} rad");
    }

    [Fact]
    public void The_bridges_stay_up_by_the_heartbeat_and_fall_10_ms_after_the_last_cycle()
    {
        CycleRig rig = CycleRig.InMotion();
        Assert.True(rig.Board.BridgesEnabled);
        rig.Simulated.Advance(7_000_000);
        Assert.True(rig.Board.BridgesEnabled);
        rig.Simulated.Advance(2_000_000);
        Assert.False(rig.Board.BridgesEnabled);
    }

    [Fact]
    public void A_deactivated_arm_is_off_and_can_be_activated_where_it_stands()
    {
        CycleRig rig = CycleRig.InMotion();
        rig.Cycle.Deactivate();
        Assert.False(rig.Board.BridgesEnabled);
        rig.Run(0.3);
        Assert.Equal(ControlState.Inactive, rig.Cycle.State);
        Assert.Equal(FaultCause.None, rig.Cycle.Faults);
        Assert.False(rig.Board.BridgesEnabled);

        // A goal for an arm that is off is void.
        rig.Cycle.Setpoints.Post(CycleRig.Home);
        double[] stands = [.. rig.Simulated.Plant.Position];
        rig.HoldStill(stands);
        rig.Activate(stands);
        rig.RunWithinLimits(0.5);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.DistanceTo(stands) < 5e-3, $"{rig.DistanceTo(stands)} rad");
        rig.Cycle.Setpoints.Post(CycleRig.Home);
        rig.RunWithinLimits(3.0);
        Assert.True(rig.DistanceTo(CycleRig.Home) < 1e-3, $"{rig.DistanceTo(CycleRig.Home)} rad");
    }

    [Fact]
    public void An_arm_that_was_never_configured_is_neither_activated_nor_driven()
    {
        var hardware = new IdealTorqueHardware(6);
        var cycle = new ControlCycle(TestArms.Ur5e, new ControllerSettings(), ControllerKind.CtEso, hardware, new VirtualClock());
        Assert.Throws<InvalidOperationException>(cycle.Activate);
        cycle.Deactivate();
        Assert.Throws<InvalidOperationException>(cycle.Activate);
        Assert.Equal(ControlState.Unconfigured, cycle.Step());
        Assert.False(hardware.BridgesEnabled);
    }
}
