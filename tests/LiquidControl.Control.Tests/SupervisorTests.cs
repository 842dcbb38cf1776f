using Xunit;

namespace LiquidControl.Control.Tests;

/// <summary>Every cause from every state, and what leads back.</summary>
public class SupervisorTests
{
    private const double Dt = 0.002;

    private readonly ArmDescription _arm = TestArm.Create(lag: 0.0);
    private readonly ControllerSettings _settings = new();
    private readonly Supervisor _supervisor;
    private readonly Estimator _estimator;
    private readonly ReferenceGenerator _reference;
    private readonly SensorFrame _frame = new(3) { EmergencyStopStatus = ChannelStatus.Fresh };

    public SupervisorTests()
    {
        _supervisor = new Supervisor(_arm, _settings);
        _reference = new ReferenceGenerator(_arm.Limits);
        _estimator = new Estimator(_arm, _settings);
        Array.Fill(_frame.EncoderStatus, ChannelStatus.Fresh);
        _estimator.Reset(_frame);
        _supervisor.Configured();
        _supervisor.Activated();
    }

    public static TheoryData<string, FaultCause, ControlState> Causes => new()
    {
        { "emergency stop", FaultCause.EmergencyStop, ControlState.Inactive },
        { "stop unreadable", FaultCause.EmergencyStop, ControlState.Inactive },
        { "clock stands", FaultCause.BadInterval, ControlState.Holding },
        { "clock runs back", FaultCause.BadInterval, ControlState.Holding },
        { "late", FaultCause.LoopLate, ControlState.Holding },
        { "silent 30 ms", FaultCause.EncoderSilent, ControlState.Holding },
        { "silent 100 ms", FaultCause.EncoderSilent, ControlState.Stopped },
        { "rejected 20 ms", FaultCause.EncoderImplausible, ControlState.Stopped },
        { "magnet lost 10 ms", FaultCause.MagnetLost, ControlState.Stopped },
        { "tracking error", FaultCause.TrackingError, ControlState.Stopped },
        { "too far", FaultCause.LimitExceeded, ControlState.Stopped },
        { "too fast", FaultCause.LimitExceeded, ControlState.Stopped },
        { "no number", FaultCause.LimitExceeded | FaultCause.TrackingError, ControlState.Stopped },
        { "torque no number", FaultCause.NotFinite, ControlState.Holding },
        { "workspace", FaultCause.WorkspaceExit, ControlState.Stopped },
        { "writes fail", FaultCause.DriveBus, ControlState.Inactive },
        { "direction lines fail", FaultCause.DriveBus, ControlState.Inactive },
        { "mode checks fail", FaultCause.DriveBus, ControlState.Inactive },
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public void A_cause_leads_down_from_Active_and_from_above_and_never_up(string cause, FaultCause fault, ControlState to)
    {
        foreach (ControlState from in new[] { ControlState.Active, ControlState.Holding, ControlState.Stopped })
        {
            var test = new SupervisorTests();
            test.Enter(from);
            FaultCause before = test._supervisor.Faults;
            test.Apply(cause);
            Assert.Equal(Worse(from, to), test._supervisor.State);
            Assert.Equal(before | fault, test._supervisor.Faults);
        }
    }

    [Theory]
    [MemberData(nameof(Causes))]
    public void With_the_outputs_off_nothing_is_a_cause(string cause, FaultCause fault, ControlState to)
    {
        Assert.NotEqual(FaultCause.None, fault);
        Assert.NotEqual(ControlState.Active, to);
        _supervisor.Deactivated();
        Apply(cause);
        Assert.Equal(ControlState.Inactive, _supervisor.State);
        Assert.Equal(FaultCause.None, _supervisor.Faults);
    }

    [Fact]
    public void Just_under_every_bound_nothing_happens()
    {
        _estimator.State.Position[0] = 2.5 + 1.9 * Math.PI / 180.0;
        _estimator.State.Velocity[1] = 1.09 * 2.0;
        _reference.Now.Position[0] = _estimator.State.Position[0] - 0.24;
        Check(0.019);
        for (int k = 0; k < 10; k++)
        {
            _supervisor.CheckWrite(HardwareFaults.PwmBus);
            _supervisor.CheckWrite(HardwareFaults.PwmBus);
            _supervisor.CheckWrite(HardwareFaults.None);
            _frame.EmergencyStopStatus = ChannelStatus.BusError;
            Check(Dt);
            Check(Dt);
            _frame.EmergencyStopStatus = ChannelStatus.Fresh;
            Check(Dt);
        }

        _supervisor.Check(LimitFlags.Acceleration | LimitFlags.Position | LimitFlags.DriveSaturated);
        _supervisor.Check(HardwareFaults.EncoderBus | HardwareFaults.ImuBus | HardwareFaults.PwmReset);
        Assert.Equal(ControlState.Active, _supervisor.State);
        Assert.Equal(FaultCause.None, _supervisor.Faults);
    }

    [Fact]
    public void Mode_checks_that_fail_seldom_are_lived_with()
    {
        for (int k = 0; k < 10; k++)
        {
            _supervisor.Check(HardwareFaults.PwmBus);
            for (int cycle = 0; cycle < 60; cycle++)
                Check(Dt);
        }

        Assert.Equal(ControlState.Active, _supervisor.State);
    }

    [Fact]
    public void The_first_cycle_may_have_no_interval()
    {
        _supervisor.Check(_frame, _estimator, _reference, 0.0, first: true);
        Assert.Equal(ControlState.Active, _supervisor.State);
    }

    [Fact]
    public void Only_a_slow_loop_may_be_slow()
    {
        var slow = new Supervisor(_arm with { Rate = 50.0 }, _settings);
        slow.Configured();
        slow.Activated();
        slow.Check(_frame, _estimator, _reference, 0.021, first: false);
        Assert.Equal(ControlState.Active, slow.State);
        slow.Check(_frame, _estimator, _reference, 0.061, first: false);
        Assert.Equal(ControlState.Holding, slow.State);
    }

    [Theory]
    [InlineData(ControlState.Holding, true)]
    [InlineData(ControlState.Stopped, true)]
    [InlineData(ControlState.Active, false)]
    [InlineData(ControlState.Inactive, false)]
    public void A_clear_leads_back_to_Active_from_Holding_and_Stopped_only(ControlState from, bool cleared)
    {
        Enter(from);
        Assert.Equal(cleared, _supervisor.Clear());
        Assert.Equal(cleared ? ControlState.Active : from, _supervisor.State);
        if (cleared)
            Assert.Equal(FaultCause.None, _supervisor.Faults);
    }

    [Fact]
    public void An_arm_that_fell_beyond_a_limit_may_come_back_and_not_go_further()
    {
        double limit = 2.5 + 2.0 * Math.PI / 180.0;
        _supervisor.Activated();
        foreach (double beyond in new[] { 0.05, 0.055, 0.04, 0.02 })
        {
            _estimator.State.Position[0] = limit + beyond;
            _reference.Now.Position[0] = 2.5;
            Check(Dt);
            Assert.Equal(ControlState.Active, _supervisor.State);
        }

        // What it has regained it may not lose again.
        _estimator.State.Position[0] = limit + 0.035;
        Check(Dt);
        Assert.Equal((ControlState.Stopped, FaultCause.LimitExceeded), (_supervisor.State, _supervisor.Faults));
    }

    [Fact]
    public void What_disabled_the_arm_is_remembered_until_it_is_activated_anew()
    {
        Apply("emergency stop");
        Apply("tracking error");
        Assert.Equal(FaultCause.EmergencyStop, _supervisor.Faults);
        _supervisor.Activated();
        Assert.Equal(FaultCause.None, _supervisor.Faults);
        Assert.Equal(ControlState.Active, _supervisor.State);
    }

    [Fact]
    public void Unconfigured_stays_so_until_it_is_configured()
    {
        var fresh = new Supervisor(_arm, _settings);
        fresh.Deactivated();
        Assert.Equal(ControlState.Unconfigured, fresh.State);
        Assert.False(fresh.OutputsOn);
        fresh.Configured();
        Assert.Equal(ControlState.Inactive, fresh.State);
        fresh.Unconfigured();
        Assert.Equal(ControlState.Unconfigured, fresh.State);
    }

    private static ControlState Worse(ControlState a, ControlState b)
    {
        ControlState[] order = [ControlState.Active, ControlState.Holding, ControlState.Stopped, ControlState.Inactive];
        return order[Math.Max(Array.IndexOf(order, a), Array.IndexOf(order, b))];
    }

    private void Enter(ControlState state)
    {
        if (state == ControlState.Holding)
            _supervisor.Check(LimitFlags.NotFinite);
        else if (state == ControlState.Stopped)
            _supervisor.Check(LimitFlags.Workspace);
        else if (state == ControlState.Inactive)
            _supervisor.Deactivated();
        Assert.Equal(state, _supervisor.State);
    }

    private void Apply(string cause)
    {
        switch (cause)
        {
            case "emergency stop": _frame.EmergencyStop = true; Check(Dt); break;
            case "stop unreadable": _frame.EmergencyStopStatus = ChannelStatus.BusError; Check(Dt); Check(Dt); Check(Dt); break;
            case "clock stands": Check(0.0); break;
            case "clock runs back": Check(-1e-3); break;
            case "late": Check(0.020); break;
            case "silent 30 ms": Pass(15, ChannelStatus.BusError, 0); Check(Dt); break;
            case "silent 100 ms": Pass(50, ChannelStatus.BusError, 0); Check(Dt); break;
            case "rejected 20 ms": Pass(11, ChannelStatus.Fresh, 500); Check(Dt); break;
            case "magnet lost 10 ms":
                _frame.EncoderStatus[1] = ChannelStatus.MagnetLost;
                for (int k = 0; k < 5; k++)
                    Check(Dt);
                break;
            case "tracking error": _reference.Now.Position[1] = 0.26; Check(Dt); break;
            case "too far":
                Check(Dt);
                _estimator.State.Position[0] = -2.5 - 2.1 * Math.PI / 180.0;
                _reference.Now.Position[0] = -2.5;
                Check(Dt);
                break;
            case "too fast": _estimator.State.Velocity[2] = -1.11 * 2.0; Check(Dt); break;
            case "no number": _estimator.State.Position[2] = double.NaN; Check(Dt); break;
            case "torque no number": _supervisor.Check(LimitFlags.NotFinite); break;
            case "workspace": _supervisor.Check(LimitFlags.Workspace); break;
            case "writes fail": Write(HardwareFaults.PwmBus); break;
            case "direction lines fail": Write(HardwareFaults.DirectionLines); break;
            default:
                for (int k = 0; k < 3; k++)
                {
                    _supervisor.Check(HardwareFaults.PwmBus);
                    for (int cycle = 0; cycle < 10; cycle++)
                        Check(Dt);
                }

                break;
        }
    }

    private void Write(HardwareFaults faults)
    {
        for (int k = 0; k < 3; k++)
            _supervisor.CheckWrite(faults);
    }

    private void Check(double interval) => _supervisor.Check(_frame, _estimator, _reference, interval, first: false);

    private void Pass(int cycles, ChannelStatus status, int counts)
    {
        _frame.EncoderStatus[0] = status;
        _frame.EncoderCounts[0] = counts;
        for (int k = 0; k < cycles; k++)
            _estimator.Update(_frame, Dt, new AppliedTorque(3, 0.0, 0), new JointCommand(3));
    }
}
