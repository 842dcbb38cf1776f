using Xunit;

namespace LiquidControl.Control.Tests;

public class StandstillWatchTests
{
    private readonly StandstillWatch _watch = new([new(16384, 8192, 1), new(16384, 8192, 1)]);
    private readonly SensorFrame _frame = new(2);
    private readonly JointReference _reference = new(2);

    public StandstillWatchTests() => Array.Fill(_frame.EncoderStatus, ChannelStatus.Fresh);

    [Fact]
    public void A_reference_that_travels_on_without_a_count_gives_it_away()
    {
        _reference.Velocity[1] = -1.0;
        int cycles = 0;
        while (_watch.Check(_frame, _reference, 0.002) == FaultCause.None)
            cycles++;
        Assert.InRange(cycles * 0.002, 0.048, 0.052);
        Assert.Equal(FaultCause.EncoderFrozen, _watch.Check(_frame, _reference, 0.002));
    }

    [Fact]
    public void Where_an_encoder_stood_before_Reset_is_no_trembling()
    {
        _watch.Check(_frame, _reference, 0.002);
        _watch.Reset();
        _frame.EncoderCounts[1] = 1;
        _reference.Velocity[1] = -1.0;
        FaultCause found = FaultCause.None;
        for (int cycles = 0; found == FaultCause.None; cycles++)
        {
            Assert.True(cycles < 100);
            found = _watch.Check(_frame, _reference, 0.002);
        }

        Assert.Equal(FaultCause.EncoderFrozen, found);
    }

    [Fact]
    public void A_joint_that_trembles_on_the_spot_is_jammed()
    {
        _reference.Velocity[1] = -1.0;
        FaultCause found = FaultCause.None;
        int cycles = 0;
        for (; found == FaultCause.None; cycles++)
        {
            _frame.EncoderCounts[1] = 5000 + cycles % 3;
            found = _watch.Check(_frame, _reference, 0.002);
        }

        Assert.Equal(FaultCause.Collision, found);
        Assert.InRange(cycles * 0.002, 0.048, 0.056);
    }

    [Fact]
    public void A_joint_that_moves_now_and_then_is_neither()
    {
        _reference.Velocity[0] = 1.0;
        for (int k = 0; k < 1000; k++)
        {
            _frame.EncoderCounts[0] = k / 20 * 5;
            Assert.Equal(FaultCause.None, _watch.Check(_frame, _reference, 0.002));
        }
    }

    [Fact]
    public void An_arm_at_rest_may_keep_its_counts()
    {
        for (int k = 0; k < 1000; k++)
            Assert.Equal(FaultCause.None, _watch.Check(_frame, _reference, 0.002));
    }

    [Fact]
    public void A_silent_encoder_is_not_called_frozen_and_is_judged_by_its_next_frame()
    {
        _reference.Velocity[0] = 1.0;
        _frame.EncoderStatus[0] = ChannelStatus.BusError;
        for (int k = 0; k < 100; k++)
            Assert.Equal(FaultCause.None, _watch.Check(_frame, _reference, 0.002));
        _frame.EncoderStatus[0] = ChannelStatus.Fresh;
        _frame.EncoderCounts[0] = 500;
        Assert.Equal(FaultCause.None, _watch.Check(_frame, _reference, 0.002));
    }
}
