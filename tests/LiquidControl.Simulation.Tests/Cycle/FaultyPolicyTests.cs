using LiquidControl.Control;
using LiquidControl.Control.Tests;
using Xunit;

namespace LiquidControl.Simulation.Tests.Cycle;

/// <summary>Networks that misbehave in mid-motion: faded out and flagged, and the arm still arrives.</summary>
public class FaultyPolicyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("breaks down", ResidualFault.NotFinite)]
    [InlineData("huge", ResidualFault.AtBound | ResidualFault.RateLimited)]
    [InlineData("chatters", ResidualFault.RateLimited)]
    public void A_bad_residual_is_faded_out_and_the_arm_arrives(string kind, ResidualFault expected)
    {
        var rig = new CycleRig(ControllerKind.Liquid, arm => kind switch
        {
            "breaks down" => TestPolicy.BreaksDownOn(arm, "progress"),
            "huge" => TestPolicy.Constant(arm, 1e12),
            _ => TestPolicy.Chattering(arm, 3.0),
        });
        rig.Activate(CycleRig.Home);
        rig.RunWithinLimits(0.02);
        rig.Cycle.Setpoints.Post(CycleRig.Place);
        double largest = 0, sinceFault = 0;
        for (int k = 0; k < 1000; k++)
        {
            rig.RunWithinLimits(0.002);
            for (int i = 0; i < 6; i++)
            {
                double residual = Math.Abs(rig.Newest.Residual[i]);
                Assert.True(residual <= CycleRig.Believed.ResidualBound[i], $"joint {i + 1}: residual {residual}");
                largest = Math.Max(largest, residual);
                if (sinceFault > 0.050 + 1e-9)
                    Assert.Equal(0.0, residual);
            }

            if (rig.Cycle.ResidualFault != ResidualFault.None)
                sinceFault += 0.002;
        }

        output.WriteLine($"{kind}: {rig.Cycle.ResidualFault}, largest residual {largest:F2}, {1e3 * rig.DistanceTo(CycleRig.Place):F2} mrad off");
        Assert.NotEqual(ResidualFault.None, rig.Cycle.ResidualFault & expected);
        Assert.Equal(ResidualFault.None, rig.Cycle.ResidualFault & ~expected);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.DistanceTo(CycleRig.Place) < 1e-3, $"{rig.DistanceTo(CycleRig.Place)} rad");
        Assert.Equal(0, rig.Allocated);
    }

    [Fact]
    public void An_end_to_end_network_that_breaks_down_leaves_the_arm_held_by_the_classical_law()
    {
        var rig = new CycleRig(ControllerKind.EndToEnd, arm => TestPolicy.BreaksDownOn(arm, "interval", PolicyRole.EndToEnd));
        rig.Activate(CycleRig.Home);
        rig.RunUntil(ControlState.Holding, 0.006);
        Assert.Equal(FaultCause.NotFinite, rig.Cycle.Faults);
        rig.RunWithinLimits(1.0);
        Assert.Equal(ControlState.Holding, rig.Cycle.State);
        Assert.True(rig.DistanceTo(CycleRig.Home) < 5e-3, $"{rig.DistanceTo(CycleRig.Home)} rad");
        Assert.Equal(0, rig.Allocated);
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(1e6)]
    [InlineData(1e12)]
    [InlineData(1e20)]
    [InlineData(1e30)]
    [InlineData(3e38)]
    public void An_end_to_end_network_of_absurd_torque_cannot_drive_the_arm_out_of_its_limits(double torque)
    {
        var rig = new CycleRig(ControllerKind.EndToEnd, arm => TestPolicy.Constant(arm, torque, PolicyRole.EndToEnd));
        rig.Activate(CycleRig.Place);
        rig.RunWithinLimits(2.0);
        output.WriteLine($"{torque}: {rig.Cycle.State}, {rig.Cycle.Faults}");
        Assert.NotEqual(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.Fastest < 0.02, $"still moving at {rig.Fastest} rad/s");
    }
}
