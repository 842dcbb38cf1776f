using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Devices.Tests;

public sealed class DcArmHardwareTests
{
    [Fact]
    public void Every_channel_arrives_with_its_counts_status_and_time()
    {
        ArmRig rig = ArmRig.Active();
        for (int joint = 0; joint < 6; joint++)
        {
            rig.Board.SetEncoderCounts(joint, 1000 * (joint + 1));
            rig.Board.SetMotorCurrentCounts(joint, 500 + joint);
        }

        rig.Board.SetImu([1, -2, 16384, 300, -5, 6, -7]);
        Assert.Equal(HardwareFaults.None, rig.Cycles(11, 0.0));

        Assert.Equal([1000, 2000, 3000, 4000, 5000, 6000], rig.Frame.EncoderCounts);
        Assert.Equal([500, 501, 502, 503, 504, 505], rig.Frame.CurrentCounts);
        Assert.All(rig.Frame.EncoderStatus, status => Assert.Equal(ChannelStatus.Fresh, status));
        Assert.All(rig.Frame.CurrentStatus, status => Assert.Equal(ChannelStatus.Fresh, status));
        Assert.All(rig.Frame.EncoderTimestampNs, time => Assert.Equal(rig.NowNs, time));
        Assert.Equal([1, -2, 16384, 300, -5, 6, -7], rig.Frame.ImuCounts);
        Assert.Equal(ChannelStatus.Fresh, rig.Frame.ImuStatus);
        Assert.Equal(6000, rig.Frame.SupplyCounts);
        Assert.Equal(ChannelStatus.Held, rig.Frame.SupplyStatus);
        Assert.False(rig.Frame.EmergencyStop);
        Assert.Equal(ChannelStatus.Fresh, rig.Frame.EmergencyStopStatus);
    }

    [Fact]
    public void Slow_channels_are_Never_until_read_then_Fresh_when_due_and_Held_between()
    {
        ArmRig rig = ArmRig.Active();
        List<string> seen = [];
        for (int i = 0; i < 12; i++)
        {
            rig.Cycle(0.0);
            seen.Add($"{rig.Frame.ImuStatus} {rig.Frame.SupplyStatus}");
        }

        Assert.Equal(
            [
                "Fresh Never", "Held Fresh", "Held Held", "Held Held", "Held Held", "Fresh Held",
                "Held Held", "Held Held", "Held Held", "Held Held", "Fresh Held", "Held Fresh",
            ],
            seen);
    }

    [Fact]
    public void The_drive_reaches_the_bridges_with_its_sign()
    {
        ArmRig rig = ArmRig.Active();
        rig.Read();
        Assert.Equal(HardwareFaults.None, rig.Hardware.Write([0.5, -0.5, 1.0, -1.0, 0.0, double.NaN]));
        Assert.Equal([0.5, -0.5, 1.0, -1.0, 0.0, 0.0], Enumerable.Range(0, 6).Select(rig.Board.Drive));
    }

    [Fact]
    public void A_frame_the_driver_never_saw_gets_the_last_good_counts_too()
    {
        ArmRig rig = ArmRig.Active();
        rig.Board.SetEncoderCounts(2, 777);
        rig.Cycle(0.0);
        rig.Board.Faults.DropEncoderFrame();
        SensorFrame other = new(6);
        Assert.Equal(HardwareFaults.EncoderBus, rig.Hardware.Read(rig.NowNs + ArmRig.CycleNs, other));
        Assert.Equal(777, other.EncoderCounts[2]);
        Assert.Equal(ChannelStatus.BusError, other.EncoderStatus[2]);
        Assert.Equal(rig.NowNs, other.EncoderTimestampNs[2]);
    }

    [Fact]
    public void Nothing_is_driven_before_Activate_or_after_Disable()
    {
        ArmRig rig = new();
        rig.Hardware.Configure();
        rig.Cycles(3, 0.5);
        Assert.False(rig.Board.BridgesEnabled);

        rig.Hardware.Activate();
        rig.Cycles(3, 0.5);
        Assert.True(rig.Board.BridgesEnabled);
        Assert.True(rig.Board.StatusLed);
        Assert.Equal(0.5, rig.Board.Drive(0));

        Assert.Equal(HardwareFaults.None, rig.Hardware.Disable());
        rig.Cycles(3, 0.5);
        Assert.False(rig.Board.BridgesEnabled);
        Assert.False(rig.Board.StatusLed);

        rig.Hardware.Activate();
        Assert.Equal(0.0, rig.Board.Drive(0));
        rig.Cycle(-0.25);
        Assert.Equal(-0.25, rig.Board.Drive(0));
    }

    [Fact]
    public void Read_and_Write_allocate_nothing_whatever_fails()
    {
        ArmRig rig = ArmRig.Active();
        Exercise(rig);
        Exercise(rig);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exercise(rig);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Exercise(ArmRig rig)
    {
        BusFaults faults = rig.Board.Faults;
        for (int i = 0; i < 200; i++)
        {
            switch (i)
            {
                case 20: faults.FailI2c(0x40, BusResult.Nak, 3); break;
                case 40: faults.StickEncoders(0xFF, 4); break;
                case 60: faults.FlipEncoderParity(1, 2); faults.CorruptEncoderCommand(3); break;
                case 80: faults.FailEncoders(BusResult.Timeout, 5); faults.FailCurrents(BusResult.IoError, 5); break;
                case 100: faults.ResetPwm(); break;
                case 120: faults.FailI2c(0x41, BusResult.Timeout, 2); faults.FailI2c(0x68, BusResult.Nak, 2); break;
                case 140: faults.FailLines(BusResult.IoError, 9); break;
                case 160: rig.Hardware.Disable(); break;
                case 180: rig.Hardware.Activate(); break;
            }

            rig.Cycle(i % 2 == 0 ? 0.3 : -0.7);
        }

        faults.ClearAll();
    }
}
