using Xunit;

namespace LiquidControl.Control.Tests;

/// <summary>What is amiss and made up for is told, and nothing else is.</summary>
public class NoticeWatchTests
{
    private const double Dt = 0.002;
    private const int Decimation = 5;

    private readonly NoticeWatch _watch = new(TestArm.Create() with { SpecificForcePerCount = 9.81 / 16384 });
    private readonly SensorFrame _frame = new(3);
    private readonly RobotState _state = new(3) { Interval = Dt, FreshPart = 1.0 };

    [Fact]
    public void A_sound_arm_gives_no_notice()
    {
        Run(2.0);
        Assert.Equal(Notices.None, _watch.Notices);
    }

    [Theory]
    [InlineData(0.05, false)]
    [InlineData(0.40, true)]
    public void Lost_frames_are_noticed_where_they_are_many(double part, bool noticed)
    {
        Run(2.0, cycle => _state.FreshPart = cycle % 20 < 20 * part ? 0.0 : 1.0);
        Assert.Equal(noticed ? Notices.FramesLost : Notices.None, _watch.Notices);
        Run(2.0, _ => _state.FreshPart = 1.0);
        Assert.Equal(Notices.None, _watch.Notices);
    }

    [Fact]
    public void An_encoder_of_three_that_is_silent_is_noticed_within_half_a_second()
    {
        Run(0.5, _ => _state.FreshPart = 2.0 / 3.0);
        Assert.Equal(Notices.FramesLost, _watch.Notices);
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("frozen")]
    [InlineData("at the end of its scale")]
    [InlineData("one axis at its end, at rest")]
    public void An_inertial_sensor_that_is_amiss_is_noticed_within_100_ms_and_forgotten_when_it_is_well(string fault)
    {
        Run(0.5);
        Run(0.1, cycle =>
        {
            switch (fault)
            {
                case "silent":
                    _frame.ImuStatus = ChannelStatus.BusError;
                    break;
                case "frozen":
                    Array.Fill(_frame.ImuCounts, (short)1234);
                    break;
                case "one axis at its end, at rest":
                    _frame.ImuCounts[5] = short.MaxValue;
                    break;
                default:
                    Array.Fill(_frame.ImuCounts, cycle % 2 == 0 ? short.MaxValue : short.MinValue);
                    break;
            }
        });
        Assert.Equal(Notices.InertialSensor, _watch.Notices);
        Run(0.02);
        Assert.Equal(Notices.None, _watch.Notices);
    }

    [Fact]
    public void A_fast_move_may_take_an_axis_to_the_end_of_its_scale()
    {
        _state.Velocity[0] = 2.0;
        Run(1.0, _ => _frame.ImuCounts[6] = short.MinValue);
        Assert.Equal(Notices.None, _watch.Notices);
    }

    [Theory]
    [InlineData(4.0, true, false)]
    [InlineData(6.0, true, true)]
    [InlineData(6.0, false, false)]
    public void Torque_that_the_model_does_not_explain_is_noticed_where_it_is_much_and_the_arm_has_power(double torque, bool outputsOn, bool noticed)
    {
        // A quarter of 20 N·m.
        _state.DisturbanceTorque[1] = -torque;
        Run(0.5, outputsOn: outputsOn);
        Assert.Equal(noticed ? Notices.UnexplainedTorque : Notices.None, _watch.Notices);
        Assert.Equal(outputsOn ? -torque : 0.0, _watch.UnexplainedTorque[1], 0.1 * torque);
        _watch.Reset();
        Assert.Equal(Notices.None, _watch.Notices);
        Assert.Equal(0.0, _watch.UnexplainedTorque[1]);
    }

    [Fact]
    public void A_blow_is_no_notice()
    {
        Run(0.5);
        _state.DisturbanceTorque[1] = 15.0;
        Run(0.05);
        _state.DisturbanceTorque[1] = 0.0;
        Run(0.05);
        Assert.Equal(Notices.None, _watch.Notices);
    }

    /// <summary>Cycles of a sound arm, but for what is done to it before each.</summary>
    private void Run(double seconds, Action<int>? amiss = null, bool outputsOn = true)
    {
        for (int cycle = 0; cycle < seconds / Dt; cycle++)
        {
            if (cycle % Decimation == 0)
            {
                _frame.ImuStatus = ChannelStatus.Fresh;
                for (int i = 0; i < _frame.ImuCounts.Length; i++)
                    _frame.ImuCounts[i] = (short)(100 * i + cycle / Decimation % 7);
            }
            else
            {
                _frame.ImuStatus = ChannelStatus.Held;
            }

            amiss?.Invoke(cycle);
            _watch.Note(_frame, _state, outputsOn);
        }
    }
}
