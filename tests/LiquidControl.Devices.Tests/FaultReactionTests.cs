using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Devices.Tests;

/// <summary>Every bus fault, injected on the wire, as the cycle sees it, and how it ends.</summary>
public sealed class FaultReactionTests
{
    private readonly ArmRig _rig = ArmRig.Active();

    public FaultReactionTests()
    {
        for (int joint = 0; joint < 6; joint++)
        {
            _rig.Board.SetEncoderCounts(joint, 100 * (joint + 1));
        }

        Assert.Equal(HardwareFaults.None, _rig.Cycles(20, 0.5));
    }

    private BusFaults Faults => _rig.Board.Faults;

    [Theory]
    [InlineData(BusResult.Nak)]
    [InlineData(BusResult.Timeout)]
    public void Pwm_silent_is_reported_each_cycle_and_ends_when_it_answers(BusResult fault)
    {
        Faults.FailI2c(0x40, fault);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(HardwareFaults.PwmBus, _rig.Cycle(0.25) & ~HardwareFaults.PwmReset);
            Assert.Equal(0.5, _rig.Board.Drive(0));
        }

        Faults.ClearI2c(0x40);
        Assert.Equal(HardwareFaults.None, _rig.Cycle(0.25));
        Assert.Equal(0.25, _rig.Board.Drive(0));
    }

    [Fact]
    public void Disable_works_without_the_pwm_chip_and_tells_it_when_it_is_back()
    {
        Faults.FailI2c(0x40, BusResult.Nak);
        Assert.Equal(HardwareFaults.PwmBus, _rig.Hardware.Disable());
        Assert.False(_rig.Board.BridgesEnabled);
        Assert.Equal(HardwareFaults.PwmBus, _rig.Hardware.Write([]));

        Faults.ClearI2c(0x40);
        Assert.Equal(HardwareFaults.None, _rig.Hardware.Write([0.5]));
        Assert.Equal(HardwareFaults.None, _rig.Hardware.Write([0.5]));
        Assert.Equal(0.0, _rig.Board.PwmDuty(0));
    }

    [Fact]
    public void Disable_works_without_the_enable_line()
    {
        Faults.FailLines(BusResult.IoError);
        Assert.Equal(HardwareFaults.EnableLine, _rig.Hardware.Disable());
        Assert.Equal(0.0, _rig.Board.PwmDuty(0));

        // The heartbeat has stopped too, so the monostable lets go.
        _rig.Board.AdvanceTo(_rig.NowNs + 10_000_000);
        Assert.False(_rig.Board.BridgesEnabled);
    }

    [Fact]
    public void An_enable_line_that_could_not_be_raised_is_raised_by_the_next_Write()
    {
        Faults.FailLines(BusResult.IoError, 1);
        Assert.Equal(HardwareFaults.EnableLine, _rig.Hardware.Disable());
        Assert.True(_rig.Board.BridgesEnabled);
        Assert.Equal(HardwareFaults.None, _rig.Hardware.Write([]));
        Assert.False(_rig.Board.BridgesEnabled);
    }

    [Fact]
    public void The_heartbeat_stops_with_Disable()
    {
        Faults.FailLines(BusResult.IoError, 1);
        _rig.Hardware.Disable();
        for (int i = 0; i < 5; i++)
        {
            _rig.Read();
        }

        Assert.False(_rig.Board.BridgesEnabled);
    }

    [Fact]
    public void A_reset_pwm_chip_is_found_within_20_ms_and_driven_again_from_zero()
    {
        Faults.ResetPwm();
        Assert.Equal(0.0, _rig.Board.Drive(0));
        int cycles = 0;
        HardwareFaults faults;
        do
        {
            faults = _rig.Cycle(-0.5);
            cycles++;
        }
        while (faults == HardwareFaults.None && cycles < 100);

        Assert.Equal(HardwareFaults.PwmReset, faults);
        Assert.True(cycles * ArmRig.CycleNs <= 20_000_000, $"{cycles} cycles");
        Assert.Equal(-0.5, _rig.Board.Drive(0));
        Assert.Equal(0, _rig.Board.ReversalsUnderDrive);
        Assert.Equal(HardwareFaults.None, _rig.Cycles(20, -0.5));
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void A_stuck_pwm_chip_is_a_bus_fault_at_its_mode_check(byte stuckAt)
    {
        Faults.StickI2c(0x40, stuckAt);
        Assert.Equal(HardwareFaults.PwmBus, _rig.Cycles(10, 0.5) & HardwareFaults.PwmBus);
        Faults.ClearI2c(0x40);
        Assert.Equal(HardwareFaults.None, _rig.Cycles(20, 0.5) & ~HardwareFaults.ImuBus & ~HardwareFaults.SupplyBus);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void Stuck_encoder_lines_keep_the_last_counts_and_age(byte stuckAt)
    {
        Faults.StickEncoders(stuckAt);
        long good = _rig.NowNs;
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(HardwareFaults.EncoderBus, _rig.Cycle(0.5));
            Assert.All(_rig.Frame.EncoderStatus, status => Assert.Equal(ChannelStatus.OutOfRange, status));
            Assert.Equal([100, 200, 300, 400, 500, 600], _rig.Frame.EncoderCounts);
            Assert.All(_rig.Frame.EncoderTimestampNs, time => Assert.Equal(good, time));
        }

        Faults.ClearEncoders();
        Assert.Equal(HardwareFaults.None, _rig.Cycle(0.5));
        Assert.All(_rig.Frame.EncoderTimestampNs, time => Assert.Equal(_rig.NowNs, time));
    }

    [Fact]
    public void Bad_parity_rejects_that_joint_only()
    {
        Faults.FlipEncoderParity(4, 2);
        _rig.Board.SetEncoderCounts(4, 999);
        _rig.Board.SetEncoderCounts(5, 888);
        Assert.Equal(HardwareFaults.EncoderBus, _rig.Cycle(0.5));
        Assert.Equal(ChannelStatus.ParityError, _rig.Frame.EncoderStatus[4]);
        Assert.Equal(500, _rig.Frame.EncoderCounts[4]);
        Assert.Equal(888, _rig.Frame.EncoderCounts[5]);

        Assert.Equal(HardwareFaults.None, _rig.Cycle(0.5));
        Assert.Equal(999, _rig.Frame.EncoderCounts[4]);
    }

    [Fact]
    public void A_corrupted_command_raises_the_error_flag_of_that_joint_for_one_cycle()
    {
        Faults.CorruptEncoderCommand(2);
        Assert.Equal(HardwareFaults.EncoderBus, _rig.Cycle(0.5));
        Assert.Equal(ChannelStatus.DeviceError, _rig.Frame.EncoderStatus[2]);
        Assert.Equal(ChannelStatus.Fresh, _rig.Frame.EncoderStatus[1]);
        Assert.Equal(HardwareFaults.None, _rig.Cycle(0.5));
    }

    [Fact]
    public void A_dropped_encoder_frame_is_a_bus_error_of_one_cycle()
    {
        Faults.DropEncoderFrame();
        Assert.Equal(HardwareFaults.EncoderBus, _rig.Cycle(0.5));
        Assert.All(_rig.Frame.EncoderStatus, status => Assert.Equal(ChannelStatus.BusError, status));
        Assert.Equal(HardwareFaults.None, _rig.Cycle(0.5));
    }

    [Fact]
    public void A_lost_magnet_is_seen_in_the_next_cycle()
    {
        _rig.Board.SetEncoderDiagnostics(3, EmulatedAs5048aChain.GoodDiagnostics | 1 << 11);
        _rig.Cycle(0.5);
        Assert.Equal(HardwareFaults.EncoderBus, _rig.Cycle(0.5));
        Assert.Equal(ChannelStatus.MagnetLost, _rig.Frame.EncoderStatus[3]);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void Stuck_current_lines_are_out_of_range(byte stuckAt)
    {
        _rig.Board.SetMotorCurrentCounts(0, 600);
        Faults.StickCurrents(stuckAt, 6);
        Assert.Equal(HardwareFaults.CurrentBus, _rig.Cycle(0.5));
        Assert.All(_rig.Frame.CurrentStatus, status => Assert.Equal(ChannelStatus.OutOfRange, status));
        Assert.Equal(512, _rig.Frame.CurrentCounts[0]);
        Assert.Equal(HardwareFaults.None, _rig.Cycle(0.5));
        Assert.Equal(600, _rig.Frame.CurrentCounts[0]);
    }

    [Fact]
    public void A_failed_current_transfer_costs_the_currents_of_one_cycle()
    {
        Faults.FailCurrents(BusResult.Timeout, 1);
        Assert.Equal(HardwareFaults.CurrentBus, _rig.Cycle(0.5));
        Assert.All(_rig.Frame.CurrentStatus, status => Assert.Equal(ChannelStatus.BusError, status));
        Assert.Equal(HardwareFaults.None, _rig.Cycle(0.5));
        Assert.All(_rig.Frame.CurrentStatus, status => Assert.Equal(ChannelStatus.Fresh, status));
    }

    [Theory]
    [InlineData(0x68, HardwareFaults.ImuBus)]
    [InlineData(0x41, HardwareFaults.SupplyBus)]
    public void A_slow_chip_that_is_silent_is_reported_when_due_and_keeps_its_counts(int address, HardwareFaults expected)
    {
        Faults.FailI2c(address, BusResult.Nak);
        Assert.Equal(expected, _rig.Cycles(10, 0.5));
        Assert.Equal(6000, _rig.Frame.SupplyCounts);
        Assert.Equal(16384, _rig.Frame.ImuCounts[2]);
        Assert.NotEqual(ChannelStatus.Fresh, expected == HardwareFaults.ImuBus ? _rig.Frame.ImuStatus : _rig.Frame.SupplyStatus);
        Faults.ClearI2c(address);
        Assert.Equal(HardwareFaults.None, _rig.Cycles(10, 0.5));
    }

    [Fact]
    public void A_slow_chip_that_never_answered_is_BusError_when_due_and_Never_between()
    {
        ArmRig rig = ArmRig.Active();
        rig.Board.Faults.FailI2c(0x68, BusResult.Nak);
        rig.Cycle(0.0);
        Assert.Equal(ChannelStatus.BusError, rig.Frame.ImuStatus);
        rig.Cycle(0.0);
        Assert.Equal(ChannelStatus.Never, rig.Frame.ImuStatus);
    }

    [Fact]
    public void A_negative_shunt_voltage_stays_negative()
    {
        _rig.Board.SetSupplyShuntVoltage(-0.002);
        _rig.Cycles(10, 0.5);
        Assert.Equal(-200, _rig.Hardware.SupplyShuntCounts);
    }

    [Fact]
    public void Unreadable_lines_are_said_and_the_emergency_stop_keeps_its_last_state()
    {
        Faults.FailLines(BusResult.IoError);
        HardwareFaults faults = _rig.Cycle(0.5);
        Assert.Equal(HardwareFaults.EmergencyStopLine | HardwareFaults.EnableLine, faults);
        Assert.Equal(ChannelStatus.BusError, _rig.Frame.EmergencyStopStatus);
        Assert.False(_rig.Frame.EmergencyStop);
    }

    [Fact]
    public void The_emergency_stop_cuts_the_bridges_at_once_and_is_seen_in_the_next_cycle()
    {
        Assert.Equal(0.5, _rig.Board.Drive(0));
        _rig.Board.SetEmergencyStop(true);
        Assert.Equal(0.0, _rig.Board.Drive(0));
        Assert.Equal(HardwareFaults.None, _rig.Cycle(0.5));
        Assert.True(_rig.Frame.EmergencyStop);

        _rig.Hardware.Disable();
        HardwareException error = Assert.Throws<HardwareException>(_rig.Hardware.Activate);
        Assert.Contains("emergency-stop line 26: found an open circuit, expected a closed one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heartbeat_that_is_missing_for_10_ms_disables_and_one_millisecond_less_does_not()
    {
        _rig.Board.AdvanceTo(_rig.NowNs + 9_999_999);
        Assert.True(_rig.Board.BridgesEnabled);
        _rig.Board.AdvanceTo(_rig.NowNs + 10_000_000);
        Assert.False(_rig.Board.BridgesEnabled);
        Assert.Equal(0.0, _rig.Board.Drive(0));
    }

    [Fact]
    public void A_channel_at_the_end_of_the_current_scale_is_no_measurement()
    {
        _rig.Board.SetMotorCurrentCounts(1, 2000);
        Assert.Equal(HardwareFaults.CurrentBus, _rig.Cycle(0.0));
        Assert.Equal(ChannelStatus.OutOfRange, _rig.Frame.CurrentStatus[1]);
        Assert.Equal(512, _rig.Frame.CurrentCounts[1]);
    }
}
