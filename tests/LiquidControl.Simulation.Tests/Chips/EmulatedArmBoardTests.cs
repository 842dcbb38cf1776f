using LiquidControl.Devices;
using LiquidControl.Devices.Buses;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Simulation.Tests.Chips;

/// <summary>The board's electronics, driven by raw transfers.</summary>
public sealed class EmulatedArmBoardTests
{
    private static readonly DcArmWiring Wiring = DcArmWiring.Ar4Dc;
    private readonly EmulatedArmBoard _board = new(Wiring);

    public EmulatedArmBoardTests()
    {
        _board.I2c.Transfer(0x40, [0x00, 0x20], []);
        _board.Lines.Write(1, 1);
        SetChannel0(0x800);
    }

    [Fact]
    public void The_bridges_need_the_enable_line_the_heartbeat_and_a_closed_emergency_stop()
    {
        Assert.False(_board.BridgesEnabled);
        Enable();
        Assert.False(_board.BridgesEnabled);
        Heartbeat(true);
        Assert.True(_board.BridgesEnabled);
        Assert.Equal(0.5, _board.Drive(0));

        _board.SetEmergencyStop(true);
        Assert.Equal(0.0, _board.Drive(0));
        _board.SetEmergencyStop(false);
        Assert.Equal(0.5, _board.Drive(0));

        _board.Lines.Write(1u << Wiring.EnableBit, 1u << Wiring.EnableBit);
        Assert.Equal(0.0, _board.Drive(0));
        Assert.Equal(0.5, _board.PwmDuty(0));
    }

    [Fact]
    public void Either_edge_of_the_heartbeat_keeps_the_monostable_up_and_a_steady_level_does_not()
    {
        Enable();
        Heartbeat(true);
        _board.AdvanceTo(9_000_000);
        Heartbeat(false);
        _board.AdvanceTo(18_000_000);
        Assert.True(_board.BridgesEnabled);
        Heartbeat(false);
        _board.AdvanceTo(19_000_000);
        Assert.False(_board.BridgesEnabled);
    }

    [Fact]
    public void A_direction_change_under_drive_is_counted_and_one_at_rest_is_not()
    {
        _board.Lines.Write(0, 1);
        Assert.Equal(1, _board.ReversalsUnderDrive);
        SetChannel0(0);
        _board.Lines.Write(1, 1);
        Assert.Equal(1, _board.ReversalsUnderDrive);
    }

    [Fact]
    public void The_direction_line_gives_the_sign()
    {
        Enable();
        Heartbeat(true);
        _board.Lines.Write(0, 1);
        Assert.Equal(-0.5, _board.Drive(0));
    }

    [Fact]
    public void A_reset_of_the_pwm_chip_takes_the_drive_away()
    {
        Enable();
        Heartbeat(true);
        _board.Faults.ResetPwm();
        Assert.Equal(0.0, _board.Drive(0));
    }

    [Fact]
    public void ClearAll_ends_every_fault_on_the_wires()
    {
        BusFaults faults = _board.Faults;
        faults.FailI2c(0x40, BusResult.Nak);
        faults.StickI2c(0x41, 0xFF);
        faults.FailEncoders(BusResult.Timeout);
        faults.FlipEncoderParity(0);
        faults.StickCurrents(0xFF);
        faults.FailLines(BusResult.IoError);
        faults.ClearAll();

        byte[] read = new byte[12];
        Assert.Equal(BusResult.Ok, _board.I2c.Transfer(0x40, [0x00], read.AsSpan(0, 1)));
        Assert.Equal(BusResult.Ok, _board.I2c.Transfer(0x41, [0x00], read.AsSpan(0, 2)));
        Assert.Equal([0x39, 0x9F], read[..2]);
        Assert.Equal(BusResult.Ok, _board.EncoderSpi.Transfer(new byte[12], read, 12));
        Assert.Equal(new byte[12], read);
        Assert.Equal(BusResult.Ok, _board.CurrentSpi.Transfer([1, 0x80, 0], read.AsSpan(0, 3), 3));
        Assert.Equal(0xFA, read[1]);
        Assert.Equal(BusResult.Ok, _board.Lines.Read(out _));
    }

    [Fact]
    public void A_wiring_that_contradicts_itself_makes_no_board() =>
        Assert.Throws<ArgumentException>(() => new EmulatedArmBoard(Wiring with { SupplyAddress = 0x40 }));

    [Fact]
    public void Nothing_in_operation_allocates()
    {
        Operate();
        Operate();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Operate();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Operate()
    {
        Span<byte> read = stackalloc byte[14];
        for (int i = 0; i < 100; i++)
        {
            _board.AdvanceTo(i * 1_000_000L);
            _board.SetEncoderCounts(i % 6, i);
            _board.SetMotorCurrentCounts(i % 6, i);
            _board.SetSupplyVoltage(i);
            _board.SetImu([1, 2, 3, 4, 5, 6, 7]);
            _board.SetEmergencyStop(i % 2 == 0);
            Heartbeat(i % 3 == 0);
            _board.I2c.Transfer(0x68, [0x3B], read);
            _board.EncoderSpi.Transfer([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], read[..12], 12);
            _board.CurrentSpi.Transfer([0x01, 0x80, 0x00], read[..3], 3);
            SetChannel0(i);
            _board.Drive(i % 6);
        }
    }

    private void SetChannel0(int off) => _board.I2c.Transfer(0x40, [0x06, 0, 0, (byte)off, (byte)(off >> 8)], []);

    private void Enable() => _board.Lines.Write(0, 1u << Wiring.EnableBit);

    private void Heartbeat(bool high) => _board.Lines.Write(high ? 1u << Wiring.HeartbeatBit : 0, 1u << Wiring.HeartbeatBit);
}
