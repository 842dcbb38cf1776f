using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Simulation;
using Xunit;

namespace LiquidControl.Rig.Tests;

/// <summary>What a campaign found between postures that have no name, so that no file can say it.</summary>
public class FoundByCampaignsTests
{
    /// <summary>
    /// The network pushes all joints at once and is given up while the observer has not yet seen what it does: taken for a disturbance that goes, it
    /// threw joint 6 to 17 % over its limit.
    /// </summary>
    [Fact]
    public void A_residual_that_is_given_up_before_it_was_seen_throws_no_joint()
    {
        double[] start = [1.03742, 0.81162, 0.63377, -1.47849, -1.08131, 0.78580], goal = [1.00462, -0.08174, 0.80757, -1.55027, -1.73260, -0.13361];
        RigScenario scenario = new()
        {
            Name = "policy-at-bound",
            Robot = RobotConfiguration.Load(RobotCatalog.Find("ar4-dc")),
            Controller = ControllerKind.Liquid,
            Plant = Scenario.Perturbed,
            Seed = 8392,
            Start = start,
            Events =
            [
                new(0.3, null, new MoveAction("goal", goal), null),
                new(0.75386, null, new FaultAction(RigFault.Find("policy-at-bound")!, 0, 0.0), new() { Within = 0.160, ResidualGone = true }),
            ],
            Duration = 1.2,
            Outcome = new() { NoFault = true, Final = ControlState.Active },
        };
        Assert.Empty(new RigRun(scenario).Run(cancellation: TestContext.Current.CancellationToken).Failures);
    }
}
