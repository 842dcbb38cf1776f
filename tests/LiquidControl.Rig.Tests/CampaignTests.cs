using LiquidControl.Hosting;
using LiquidControl.Rig.Campaigns;
using Xunit;

namespace LiquidControl.Rig.Tests;

/// <summary>A small campaign, and that it is the same each time.</summary>
public class CampaignTests(ITestOutputHelper output)
{
    private const ulong Seed = 1;

    private static readonly RobotConfiguration Robot = RobotConfiguration.Load(RobotCatalog.Find("ar4-dc"));

    [Fact]
    public void Two_hundred_scenarios_hold()
    {
        CampaignDraw draw = new(Robot, Seed);
        CampaignRow[] rows = [.. Enumerable.Range(0, 200).AsParallel().Select(number => CampaignRow.Run(draw, number, TestContext.Current.CancellationToken))];
        CampaignSummary summary = CampaignSummary.Of(Seed, rows);
        output.WriteLine(summary.ToString());
        Assert.Equal((200, 0, 0, 0, 0), (summary.Scenarios, summary.Exceptions, summary.FalseStops, summary.Hangs, summary.Unrecovered));
        Assert.True(summary.FaultFree > 20);
        Assert.True(summary.Violations == 0, string.Join(Environment.NewLine, rows.Where(row => row.Failures.Count > 0).Select(row => $"{row.Number} {row.Fault}: {row.Failures[0]}")));
    }

    [Fact]
    public void A_number_is_the_same_scenario_in_any_order_and_another_seed_is_another_one()
    {
        CampaignRow[] forth = Rows(Seed, [0, 1, 2, 3, 4, 5]), back = Rows(Seed, [5, 4, 3, 2, 1, 0]);
        Assert.Equal(forth.Select(row => row.StateHash), back.Reverse().Select(row => row.StateHash));
        Assert.Equal(6, forth.Select(row => row.StateHash).Distinct().Count());
        Assert.NotEqual(forth[0].StateHash, Rows(2, [0])[0].StateHash);
    }

    [Fact]
    public void Parts_put_together_are_the_whole()
    {
        CampaignRow[] whole = Rows(Seed, [.. Enumerable.Range(0, 30)]);
        CampaignRow[] parts = [.. Rows(Seed, [.. Enumerable.Range(0, 11)]), .. Rows(Seed, [.. Enumerable.Range(11, 19)])];
        Assert.Equal(CampaignSummary.Of(Seed, whole), CampaignSummary.Of(Seed, parts));
    }

    private static CampaignRow[] Rows(ulong seed, int[] numbers)
    {
        CampaignDraw draw = new(Robot, seed);
        return [.. numbers.Select(number => CampaignRow.Run(draw, number, TestContext.Current.CancellationToken))];
    }
}
