using LiquidControl.Control;
using Xunit;

namespace LiquidControl.Simulation.Tests.Cycle;

/// <summary>Recursive least squares in the whole cycle: what it learns of an arm whose model is wrong, and when it forgets.</summary>
public class IdentificationTests(ITestOutputHelper output)
{
    /// <summary>Links, friction and the place of the load are wrong as well: part of that shows as payload.</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    public void The_payload_is_found_on_a_move_and_kept_on_the_way_back(double payload)
    {
        CycleRig rig = NewRig(payload);
        Move(rig, CycleRig.Place);
        double there = rig.Cycle.Identifier!.Payload;
        Move(rig, CycleRig.Home);
        double back = rig.Cycle.Identifier!.Payload;
        output.WriteLine($"{payload} kg: {there:F3} kg there, {back:F3} kg back, {1e3 * rig.DistanceTo(CycleRig.Home):F2} mrad off");
        Assert.InRange(there, payload - 0.1, payload + 0.1);
        Assert.InRange(back, payload - 0.08, payload + 0.08);
        Assert.Equal(ResidualFault.None, rig.Cycle.ResidualFault);
        Assert.Equal(0, rig.Allocated);
    }

    [Fact]
    public void An_activation_begins_at_the_prior_and_the_same_seed_gives_the_same_bits()
    {
        CycleRig rig = NewRig(0.5), again = NewRig(0.5);
        Move(rig, CycleRig.Place);
        Move(again, CycleRig.Place);
        Assert.Equal(rig.Cycle.StateHash, again.Cycle.StateHash);
        Assert.NotEqual(0.0, rig.Cycle.Identifier!.Payload);
        rig.Cycle.Deactivate();
        rig.Activate(CycleRig.Home);
        Assert.Equal(0.0, rig.Cycle.Identifier!.Payload);
    }

    private static CycleRig NewRig(double payload)
    {
        var scenario = CycleRig.Noisy with { Name = "loaded", PayloadMin = payload, PayloadMax = payload, PayloadOffset = 0.01, FrictionSpread = 0.2 };
        return CycleRig.HoldingAt(CycleRig.Home, ControllerKind.CtRls, scenario: scenario);
    }

    private static void Move(CycleRig rig, double[] goal)
    {
        rig.Cycle.Setpoints.Post(goal);
        rig.Step();
        rig.RunWithinLimits(rig.Cycle.Reference.Duration + 0.2);
    }
}
