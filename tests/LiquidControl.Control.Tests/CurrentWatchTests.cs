using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Control.Tests;

public class CurrentWatchTests
{
    private readonly ArmDescription _arm = TestArm.Create(lag: 0.0) with
    {
        Motors = [.. Enumerable.Repeat(new DcMotor(50, 0.8, 0.055, 0.45, 10, 3e-5), 3)],
        Currents = [.. Enumerable.Repeat(new CurrentScale(0.0244, 512, 1), 3)],
    };

    private readonly RobotState _state = new(3) { Interval = 0.002 };

    [Theory]
    [InlineData(3.2, false)]
    [InlineData(3.4, true)]
    [InlineData(-3.4, true)]
    public void A_motor_that_gives_another_torque_than_it_is_told_has_failed_after_40_ms(double shortfall, bool fails)
    {
        // 2.2 N·m an ampere: 15 % of 10 A are 3.3 N·m.
        var watch = new CurrentWatch(_arm);
        _state.TorqueShortfall[1] = shortfall;
        for (int k = 1; k < 20; k++)
            Assert.False(watch.Check(_state), $"after {k} cycles");
        Assert.Equal(fails, watch.Check(_state) | watch.Check(_state));
    }

    [Fact]
    public void A_short_lapse_says_nothing()
    {
        var watch = new CurrentWatch(_arm);
        for (int k = 0; k < 200; k++)
        {
            _state.TorqueShortfall[1] = k % 10 == 0 ? 0.0 : 10.0;
            Assert.False(watch.Check(_state));
        }
    }

    [Fact]
    public void The_shortfall_is_what_the_currents_do_not_account_for()
    {
        var estimator = new Estimator(_arm, new ControllerSettings());
        var frame = new SensorFrame(3);
        Array.Fill(frame.EncoderStatus, ChannelStatus.Fresh);
        Array.Fill(frame.CurrentStatus, ChannelStatus.Fresh);
        Assert.True(estimator.Reset(frame));
        var applied = new AppliedTorque(3, 0.0, 0);
        applied.Written([4.4, 4.4, 4.4], [0, 0, 0], [0, 0, 0]);
        applied.Advance(0.002);
        frame.CurrentCounts[0] = _arm.Currents[0].Counts(2.0);
        frame.CurrentCounts[1] = _arm.Currents[1].Counts(0.0);
        frame.CurrentStatus[2] = ChannelStatus.BusError;
        estimator.Update(frame, 0.002, applied, new JointCommand(3));
        Assert.Equal(0.0, estimator.State.TorqueShortfall[0], 0.03);
        Assert.Equal(4.4, estimator.State.TorqueShortfall[1], 1e-9);
        Assert.Equal(0.0, estimator.State.TorqueShortfall[2]);
    }
}
