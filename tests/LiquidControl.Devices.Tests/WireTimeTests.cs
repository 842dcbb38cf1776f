using LiquidControl.Control;
using Xunit;

namespace LiquidControl.Devices.Tests;

/// <summary>The bus budget of a 500 Hz cycle, against the arithmetic: 9 bits a byte at 400 kHz, start, repeated start and stop counted.</summary>
public sealed class WireTimeTests
{
    private const long Encoders = 2 * 96 * 100;
    private const long PwmWrite = 236 * 2500;
    private const long ImuBurst = 156 * 2500;
    private const long SupplyRegister = (9 * 5 + 3) * 2500;
    private const long ModeRegister = (9 * 4 + 3) * 2500;
    private const long ChannelOff = (9 * 3 + 2) * 2500;

    // 6 · 24 bits at 1.35 MHz.
    private const long Currents = 106_666;

    [Fact]
    public void Each_cycle_takes_the_time_its_transfers_take()
    {
        ArmRig rig = ArmRig.Active();
        rig.Cycles(10, 0.5);
        long[] times = [.. Enumerable.Range(0, 10).Select(_ => Time(rig, 0.5))];
        long rest = PwmWrite + Encoders + Currents;
        long[] expected =
        [
            rest + ImuBurst, rest + SupplyRegister, rest + SupplyRegister, rest + ModeRegister, rest,
            rest + ImuBurst, rest, rest, rest, rest,
        ];
        Assert.All(times.Zip(expected), pair => Assert.InRange(pair.First, pair.Second - 1, pair.Second + 1));
    }

    [Fact]
    public void The_longest_cycle_six_reversals_with_the_imu_due_fits_2_ms()
    {
        ArmRig rig = ArmRig.Active();
        double sign = 1;
        long longest = 0;
        for (int i = 0; i < 100; i++)
        {
            sign = -sign;
            longest = Math.Max(longest, Time(rig, sign));
        }

        Assert.InRange(longest, 0, PwmWrite + Encoders + Currents + ImuBurst + (6 * ChannelOff) + 1);
        Assert.True(longest < ArmRig.CycleNs, $"{longest} ns");
    }

    [Fact]
    public void A_cycle_that_sets_up_a_reset_pwm_chip_fits_2_ms()
    {
        ArmRig rig = ArmRig.Active();
        rig.Cycles(13, 0.5);
        rig.Board.Faults.ResetPwm();
        long before = rig.Hardware.BusTimeNs;
        HardwareFaults faults = rig.Cycle(-0.5);
        Assert.Equal(HardwareFaults.PwmReset, faults);
        Assert.InRange(rig.Hardware.BusTimeNs - before, 0, ArmRig.CycleNs);
    }

    [Fact]
    public void A_cycle_with_one_repeated_write_fits_2_ms()
    {
        ArmRig rig = ArmRig.Active();
        rig.Cycles(10, 0.5);
        rig.Board.Faults.FailI2c(0x40, Devices.Buses.BusResult.Timeout, 1);
        Assert.InRange(Time(rig, 0.5), ImuBurst + (2 * PwmWrite), ArmRig.CycleNs);
    }

    [Fact]
    public void Bus_time_counts_from_Configure()
    {
        ArmRig rig = new();
        rig.Hardware.Configure();
        Assert.Equal(0, rig.Hardware.BusTimeNs);
    }

    private static long Time(ArmRig rig, double drive)
    {
        long before = rig.Hardware.BusTimeNs;
        rig.Cycle(drive);
        return rig.Hardware.BusTimeNs - before;
    }
}
