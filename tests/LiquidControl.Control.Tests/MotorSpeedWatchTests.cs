using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Control.Tests;

public class MotorSpeedWatchTests
{
    private const double Dt = 0.002;
    private static readonly DcMotor Motor = new(50, 0.8, 0.055, 0.45, 10, 3e-5);

    private readonly ArmDescription _arm = TestArm.Create(lag: 0.0) with
    {
        Motors = [.. Enumerable.Repeat(Motor, 3)],
        Currents = [.. Enumerable.Repeat(new CurrentScale(0.0244, 512, 1), 3)],
    };

    private readonly RobotState _state = new(3) { Interval = Dt, Supply = 24.0 };
    private readonly SensorFrame _frame = new(3);
    private readonly MotorSpeedWatch _watch;

    public MotorSpeedWatchTests()
    {
        _watch = new MotorSpeedWatch(_arm);
        Settle();
    }

    [Fact]
    public void Back_emf_takes_torque_in_proportion_to_speed()
    {
        double still = Motor.Torque(Motor.Current(0.1, 24.0, 0.0)), turning = Motor.Torque(Motor.Current(0.1, 24.0, 0.5));
        Assert.Equal(still - turning, 0.5 * Motor.BackEmfDamping, 1e-9);
        Assert.Equal(0.5, MotorSpeed.FasterThanBelieved(Motor, still, still - turning, 0.0, 0.0), 1e-9);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-2.0)]
    public void An_encoder_that_drifts_is_contradicted_before_it_has_led_50_mrad_astray(double drift)
    {
        int cycles = Until(() =>
        {
            _frame.EncoderCounts[1]++;
            _state.TorqueShortfall[1] = -drift * Motor.BackEmfDamping;
        });
        Assert.InRange(Math.Abs(drift) * cycles * Dt, 0.015, 0.050);
        Assert.False(_watch.HasParted(0));
        Assert.Equal(-drift, _watch.Faster(1), 0.25 * Math.Abs(drift));
    }

    [Theory]
    [InlineData(1.9, 0.35, 2)]
    [InlineData(-1.9, -0.35, 2)]
    [InlineData(1.9, 0.25, 30)]
    [InlineData(1.9, -0.35, 21)]
    public void Where_the_motor_says_that_a_joint_is_beyond_its_speed_nobody_waits(double velocity, double faster, int cycles)
    {
        // The joint's limit is 2 rad/s, a tenth more is too much.
        int after = Until(() =>
        {
            _frame.EncoderCounts[1]++;
            _state.Velocity[1] = velocity;
            _state.TorqueShortfall[1] = faster * Motor.BackEmfDamping + Math.Sign(faster) * 0.01 * Motor.MaxTorque;
        });
        Assert.Equal(cycles, after, 2.0);
    }

    [Fact]
    public void Where_several_motors_say_so_at_once_it_is_the_supply_and_no_joint()
    {
        int after = Until(() =>
        {
            _frame.EncoderCounts[1]++;
            for (int i = 0; i < 2; i++)
            {
                _state.Velocity[i] = 1.9;
                _state.TorqueShortfall[i] = 0.35 * Motor.BackEmfDamping + 0.01 * Motor.MaxTorque;
            }
        });
        Assert.True(after > 10, $"after {after} cycles");
    }

    [Fact]
    public void One_whose_count_does_not_change_at_all_is_contradicted_by_a_third_of_that()
    {
        int cycles = Until(() => _state.TorqueShortfall[1] = 0.5 * Motor.BackEmfDamping);
        Assert.InRange(0.5 * cycles * Dt, 0.005, 0.007);
    }

    [Theory]
    [InlineData(10.0, 0.1)]
    [InlineData(-3.0, 0.15)]
    public void A_warm_winding_is_no_speed(double applied, double part)
    {
        for (int k = 0; k < 2000; k++)
        {
            _state.AppliedTorque[1] = applied;
            _state.TorqueShortfall[1] = part * applied;
            _watch.Note(_frame, _state);
            Assert.False(_watch.HasParted(1));
        }
    }

    [Fact]
    public void A_motor_without_current_tells_nothing_of_its_speed()
    {
        for (int k = 0; k < 500; k++)
        {
            _state.AppliedTorque[1] = _state.TorqueShortfall[1] = 8.0;
            _watch.Note(_frame, _state);
            Assert.False(_watch.HasParted(1));
        }
    }

    [Fact]
    public void A_motor_that_turns_the_other_way_is_found_in_20_ms_and_its_encoder_is_not_blamed()
    {
        int cycles = 0;
        for (; !_watch.IsAgainst && cycles < 100; cycles++)
        {
            _frame.EncoderCounts[1] += 5;
            _state.Velocity[1] = 1.0;
            _state.TorqueShortfall[1] = -2.0 * Motor.BackEmfDamping;
            _watch.Note(_frame, _state);
            Assert.False(_watch.HasParted(1));
        }

        Assert.InRange(cycles * Dt, 0.014, 0.020);
    }

    [Fact]
    public void A_supply_that_fell_since_it_was_read_last_explains_what_was_seen()
    {
        for (int k = 0; k < 7; k++)
        {
            _frame.EncoderCounts[1]++;
            _state.TorqueShortfall[1] = 1.2 * Motor.BackEmfDamping;
            _watch.Note(_frame, _state);
        }

        _state.Supply = 18.0;
        _state.TorqueShortfall[1] = 0.0;
        _watch.Note(_frame, _state);
        Assert.Equal(0.0, _watch.Faster(1));
        Assert.False(_watch.HasParted(1));
    }

    [Fact]
    public void Nothing_is_held_against_an_encoder_while_the_observer_settles_or_without_its_frames()
    {
        _watch.Reset();
        _state.TorqueShortfall[1] = 20.0;
        for (int k = 0; k < 49; k++)
            _watch.Note(_frame, _state);
        Assert.False(_watch.HasParted(1));
        _state.Age[1] = 0.012;
        for (int k = 0; k < 50; k++)
            _watch.Note(_frame, _state);
        Assert.False(_watch.HasParted(1));
    }

    private void Settle()
    {
        for (int k = 0; k < 60; k++)
            _watch.Note(_frame, _state);
    }

    private int Until(Action before)
    {
        int cycles = 0;
        while (!_watch.HasParted(1) && cycles < 1000)
        {
            before();
            _watch.Note(_frame, _state);
            cycles++;
        }

        return cycles;
    }
}
