using LiquidControl.Cli.Rigs.Nodes;
using Xunit;

namespace LiquidControl.Cli.Tests;

/// <summary>The time that a loop of 2 ms has had; times in ms.</summary>
public sealed class LoopClockTests
{
    private readonly LoopClock _clock = new(periodNs: 2_000_000);

    [Fact]
    public void What_the_machine_keeps_the_loop_waiting_counts_as_one_period_and_is_told()
    {
        Start();
        Cycles(102, 104, 114, 116);
        Assert.Equal(8.0, At(116), 1e-9);
        Assert.Equal((4L, 4L, 10.0), (_clock.Cycles, _clock.Skipped, _clock.LongestGapNs * 1e-6));
    }

    [Fact]
    public void A_cycle_that_comes_a_little_early_or_late_counts_as_it_comes()
    {
        Start();
        Cycles(101.5, 104.2);
        Assert.Equal(4.2, At(104.2), 1e-9);
        Assert.Equal(0, _clock.Skipped);
    }

    [Fact]
    public void After_the_last_cycle_no_more_than_a_period_passes()
    {
        Start();
        Cycles(102);
        Assert.Equal(3.5, At(103.5), 1e-9);
        Assert.Equal(4.0, At(130), 1e-9);
    }

    [Fact]
    public void What_the_rig_does_to_the_loop_is_time_like_any_other()
    {
        Start();
        Cycles(102);
        _clock.Hold(Ns(103));
        Assert.Equal(23.0, At(123), 1e-9);
        _clock.Release(Ns(133));
        Assert.Equal(33.5, At(133.5), 1e-9);
        Cycles(134);
        Assert.Equal(34.0, At(134), 1e-9);
        Assert.Equal(0, _clock.Skipped);
        Cycles(140);
        Assert.Equal(2, _clock.Skipped);
    }

    [Fact]
    public void A_cycle_that_was_written_late_is_not_held_up_by_what_came_after_it()
    {
        Start();
        _clock.Hold(Ns(103));
        _clock.Release(Ns(123));
        Cycles(102, 124);
        Assert.Equal(24.0, At(124), 1e-9);
        Assert.Equal(0, _clock.Skipped);
    }

    [Fact]
    public void A_loop_that_was_killed_has_all_the_time_there_is()
    {
        Start();
        Cycles(102);
        _clock.Hold(Ns(102.5));
        Assert.Equal(5000.0, At(5100), 1e-9);
    }

    private static long Ns(double ms) => (long)(ms * 1e6);

    private void Start() => _clock.Start(Ns(100));

    private void Cycles(params double[] times)
    {
        foreach (double ms in times) _clock.Cycle(Ns(ms));
    }

    private double At(double ms) => 1e3 * _clock.At(Ns(ms));
}
