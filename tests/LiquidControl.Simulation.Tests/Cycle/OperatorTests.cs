using LiquidControl.Control;
using Xunit;

namespace LiquidControl.Simulation.Tests.Cycle;

/// <summary>What a person, or whoever posts goals, may ask of the cycle, and what it does when they fall silent.</summary>
public sealed class OperatorTests
{
    /// <summary>faults.md: setpoint source dead.</summary>
    private const double Silence = 0.100;

    private const double Period = 0.002;

    [Fact]
    public void A_hold_ends_the_move_on_its_path_and_the_next_goal_is_taken()
    {
        CycleRig rig = CycleRig.InMotion();
        rig.Cycle.Requests.Ask(OperatorRequest.Hold);
        rig.RunWithinLimits(0.6);
        Assert.Equal((ControlState.Active, FaultCause.None), (rig.Cycle.State, rig.Cycle.Faults));
        Assert.True(rig.Fastest < 0.01, $"fastest joint {rig.Fastest} rad/s");
        Assert.True(rig.DistanceTo(CycleRig.Place) > 0.05);
        rig.Cycle.Setpoints.Post(CycleRig.Place);
        rig.RunWithinLimits(1.5);
        Assert.True(rig.DistanceTo(CycleRig.Place) < 0.005, $"{rig.DistanceTo(CycleRig.Place)} rad");
        Assert.Equal(0, rig.Allocated);
    }

    [Fact]
    public void A_hold_wins_over_a_goal_of_the_same_cycle()
    {
        CycleRig rig = CycleRig.HoldingAt(CycleRig.Home);
        rig.Cycle.Setpoints.Post(CycleRig.Place);
        rig.Cycle.Requests.Ask(OperatorRequest.Hold);
        rig.RunWithinLimits(0.5);
        Assert.True(rig.DistanceTo(CycleRig.Home) < 0.005);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
    }

    [Fact]
    public void A_stop_brakes_at_once_and_stays_until_cleared_whatever_else_is_asked()
    {
        CycleRig rig = CycleRig.InMotion();
        rig.Cycle.Requests.Ask(OperatorRequest.Stop);
        rig.Cycle.Requests.Ask(OperatorRequest.Hold);
        Assert.Equal(ControlState.Stopped, rig.Step());
        Assert.Equal(OperatorRequest.Stop | OperatorRequest.Hold, rig.Newest.Requests);
        rig.RunWithinLimits(0.6);
        rig.Cycle.Setpoints.Post(CycleRig.Home);
        rig.Run(0.1);
        Assert.True(rig.Fastest < 0.01, $"fastest joint {rig.Fastest} rad/s");
        Assert.Equal(FaultCause.OperatorStop, rig.Cycle.Faults);
        Assert.True(rig.Cycle.ClearFault());
        Assert.Equal(ControlState.Active, rig.Step());
        Assert.Equal(0, rig.Allocated);
    }

    [Fact]
    public void A_lease_that_is_renewed_carries_the_move_to_its_goal()
    {
        CycleRig rig = CycleRig.HoldingAt(CycleRig.Home);
        rig.Cycle.Setpoints.Post(CycleRig.Place);
        for (int renewal = 0; renewal < 25; renewal++)
        {
            rig.Cycle.Lease.Renew(rig.Clock.NowNs);
            rig.RunWithinLimits(Silence - 2 * Period);
        }

        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.DistanceTo(CycleRig.Place) < 0.005);
    }

    [Fact]
    public void A_lease_that_falls_silent_in_motion_leads_to_hold_in_time()
    {
        CycleRig rig = CycleRig.InMotion();
        rig.Cycle.Lease.Renew(rig.Clock.NowNs);
        double time = rig.RunUntil(ControlState.Holding, Silence + 2 * Period);
        Assert.True(time >= Silence, $"{time} s");
        Assert.Equal(FaultCause.SetpointSilent, rig.Cycle.Faults);
        rig.RunWithinLimits(0.6);
        Assert.True(rig.Fastest < 0.01);
    }

    [Fact]
    public void Nobody_is_missed_at_rest_or_without_a_lease()
    {
        CycleRig rig = CycleRig.HoldingAt(CycleRig.Home);
        rig.Cycle.Lease.Renew(rig.Clock.NowNs);
        rig.Run(1.0);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        rig.Cycle.Lease.Release();
        rig.Cycle.Setpoints.Post(CycleRig.Place);
        rig.Run(2.0);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.DistanceTo(CycleRig.Place) < 0.005);
    }

    [Fact]
    public void What_was_asked_before_activate_is_void()
    {
        var rig = new CycleRig();
        rig.Cycle.Requests.Ask(OperatorRequest.Stop);
        rig.Cycle.Lease.Renew(1);
        rig.Activate(CycleRig.Home);
        rig.Cycle.Setpoints.Post(CycleRig.Place);
        rig.Run(2.0);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
    }
}
