using Xunit;

namespace LiquidControl.Control.Tests;

public class ResidualWatchTests
{
    private const double Dt = 0.002;

    [Fact]
    public void A_residual_at_its_bound_for_100_ms_is_faded_out_within_50_ms()
    {
        var watch = new ResidualWatch(1);
        int cycles = 0;
        while (watch.Fault == ResidualFault.None)
        {
            watch.Note(0, atBound: true, rateLimited: false, Dt);
            watch.Advance(Dt);
            cycles++;
        }

        Assert.Equal(ResidualFault.AtBound, watch.Fault);
        Assert.InRange(cycles * Dt, 0.098, 0.102);
        for (int k = 0; k < 25; k++)
            watch.Advance(Dt);
        Assert.Equal(0.0, watch.Weight, 1e-12);
    }

    [Fact]
    public void Touching_the_bound_now_and_then_is_no_fault()
    {
        var watch = new ResidualWatch(1);
        for (int k = 0; k < 5000; k++)
        {
            watch.Note(0, atBound: k % 40 != 0, rateLimited: false, Dt);
            watch.Advance(Dt);
        }

        Assert.Equal(ResidualFault.None, watch.Fault);
        Assert.Equal(1.0, watch.Weight);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(3, true)]
    public void Being_rate_limited_in_more_than_a_fifth_of_the_cycles_is_a_fault(int everyNth, bool fault)
    {
        var watch = new ResidualWatch(1);
        for (int k = 0; k < 500; k++)
        {
            watch.Note(0, atBound: false, rateLimited: k % everyNth == 0, Dt);
            watch.Advance(Dt);
        }

        Assert.Equal(fault, watch.Fault == ResidualFault.RateLimited);
    }

    [Fact]
    public void It_stays_faded_until_reset()
    {
        var watch = new ResidualWatch(1);
        watch.Raise(ResidualFault.NotFinite);
        for (int k = 0; k < 100; k++)
            watch.Advance(Dt);
        Assert.Equal(0.0, watch.Weight);
        watch.Reset();
        Assert.Equal(1.0, watch.Weight);
        Assert.Equal(ResidualFault.None, watch.Fault);
    }
}
