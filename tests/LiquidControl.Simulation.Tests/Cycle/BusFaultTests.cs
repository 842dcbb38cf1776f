using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Simulation.Tests.Cycle;

/// <summary>Buses that fail while the arm moves at full speed: the state within its time, the limits all along, and not a byte allocated.</summary>
public class BusFaultTests(ITestOutputHelper output)
{
    private const double Cycle = 0.002;

    public static TheoryData<string> EncoderFaults =>
        ["refused", "silent", "stuck at zeros", "stuck at ones", "one joint's parity", "one joint's error flag"];

    public static TheoryData<string> DriveFaults => ["refused", "silent", "stuck at zeros", "stuck at ones"];

    public static TheoryData<string> OtherFaults =>
        ["supply refused", "supply zeros", "supply ones", "imu refused", "imu zeros", "imu ones", "currents silent", "currents zeros", "currents ones"];

    [Theory]
    [MemberData(nameof(EncoderFaults))]
    public void Encoders_without_a_good_frame_hold_the_arm_and_then_stop_it(string fault)
    {
        CycleRig rig = CycleRig.InMotion();
        Inject(rig.Faults, fault);
        double held = rig.RunUntil(ControlState.Holding, 0.030 + 2 * Cycle);
        double stopped = held + rig.RunUntil(ControlState.Stopped, 0.100 - 0.030 + 2 * Cycle);
        Assert.Equal(FaultCause.EncoderSilent, rig.Cycle.Faults);
        rig.RunWithinLimits(1.0);
        output.WriteLine($"{fault}: held after {1e3 * held:F0} ms, stopped after {1e3 * stopped:F0} ms, then at {rig.Fastest:F3} rad/s");
        Assert.Equal(ControlState.Stopped, rig.Cycle.State);
        Assert.True(rig.Fastest < 0.1, $"still moving at {rig.Fastest} rad/s");
        Assert.Equal(0, rig.Allocated);

        // Cured and cleared, the arm goes on.
        rig.Faults.ClearAll();
        rig.RunWithinLimits(0.1);
        Assert.True(rig.Cycle.ClearFault());
        rig.RunWithinLimits(0.1);
        rig.Cycle.Setpoints.Post(CycleRig.Place);
        rig.RunWithinLimits(2.5);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.DistanceTo(CycleRig.Place) < 1e-3, $"{rig.DistanceTo(CycleRig.Place)} rad");
        Assert.Equal(0, rig.Allocated);

        static void Inject(BusFaults faults, string fault)
        {
            switch (fault)
            {
                case "refused": faults.FailEncoders(BusResult.Nak); break;
                case "silent": faults.FailEncoders(BusResult.Timeout); break;
                case "stuck at zeros": faults.StickEncoders(0x00); break;
                case "stuck at ones": faults.StickEncoders(0xFF); break;
                case "one joint's parity": faults.FlipEncoderParity(1); break;
                default: faults.CorruptEncoderCommand(1, BusFaults.UntilCleared); break;
            }
        }
    }

    [Fact]
    public void A_single_bad_frame_changes_nothing()
    {
        CycleRig rig = CycleRig.InMotion();
        for (int k = 0; k < 40; k++)
        {
            if (k % 4 == 0)
                rig.Faults.FlipEncoderParity(k % 6, 2);
            else if (k % 4 == 2)
                rig.Faults.DropEncoderFrame();
            rig.RunWithinLimits(Cycle);
        }

        rig.Faults.ClearAll();
        rig.RunWithinLimits(1.5);
        Assert.True(rig.Cycle.Statistics.DroppedCycles >= 20);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.DistanceTo(CycleRig.Place) < 1e-3, $"{rig.DistanceTo(CycleRig.Place)} rad");
        Assert.Equal(0, rig.Allocated);
    }

    [Theory]
    [MemberData(nameof(DriveFaults))]
    public void A_pwm_chip_that_cannot_be_driven_has_the_outputs_disabled(string fault)
    {
        CycleRig rig = CycleRig.InMotion();
        bool written = fault.StartsWith("stuck", StringComparison.Ordinal);
        switch (fault)
        {
            case "refused": rig.Faults.FailI2c(0x40, BusResult.Nak); break;
            case "silent": rig.Faults.FailI2c(0x40, BusResult.Timeout); break;
            case "stuck at zeros": rig.Faults.StickI2c(0x40, 0x00); break;
            default: rig.Faults.StickI2c(0x40, 0xFF); break;
        }

        // Writes fail at once, three in a row; a stuck answer is seen by the mode check every tenth cycle.
        double disabled = rig.RunUntil(ControlState.Inactive, written ? 30 * Cycle : 3 * Cycle);
        output.WriteLine($"{fault}: disabled after {1e3 * disabled:F0} ms");
        Assert.Equal(FaultCause.DriveBus, rig.Cycle.Faults);
        Assert.False(rig.Board.BridgesEnabled);
        Assert.All(rig.Newest.Achieved, torque => Assert.Equal(0.0, torque));
        rig.Run(0.1);
        Assert.Equal(ControlState.Inactive, rig.Cycle.State);
        Assert.Equal(FaultCause.DriveBus, rig.Cycle.Faults);
        Assert.False(rig.Board.BridgesEnabled);
        Assert.Equal(0, rig.Allocated);
    }

    [Fact]
    public void Two_failed_writes_are_survived()
    {
        CycleRig rig = CycleRig.InMotion();
        rig.Faults.FailI2c(0x40, BusResult.Nak);
        rig.RunWithinLimits(2 * Cycle);
        rig.Faults.ClearAll();
        rig.RunWithinLimits(1.5);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.DistanceTo(CycleRig.Place) < 1e-3, $"{rig.DistanceTo(CycleRig.Place)} rad");
    }

    [Fact]
    public void A_pwm_chip_that_was_reset_is_driven_on()
    {
        CycleRig rig = CycleRig.InMotion();
        rig.Faults.ResetPwm();
        rig.RunWithinLimits(2.0);
        Assert.NotEqual(ControlState.Inactive, rig.Cycle.State);
        Assert.True(rig.Board.BridgesEnabled);
        Assert.True(rig.Fastest < 0.02, $"still moving at {rig.Fastest} rad/s");
        output.WriteLine($"{rig.Cycle.State} {rig.Cycle.Faults}, {1e3 * rig.DistanceTo(CycleRig.Place):F2} mrad off");
    }

    [Fact]
    public void Lines_that_cannot_be_moved_or_read_disable_the_arm()
    {
        CycleRig rig = CycleRig.InMotion();
        rig.Faults.FailLines(BusResult.IoError);
        rig.RunUntil(ControlState.Inactive, 3 * Cycle);
        Assert.Equal(FaultCause.EmergencyStop, rig.Cycle.Faults & FaultCause.EmergencyStop);
        rig.Run(0.02);
        Assert.False(rig.Board.BridgesEnabled);
        Assert.Equal(0, rig.Allocated);

        // When they are back the outputs stay off.
        rig.Faults.ClearAll();
        rig.Run(0.02);
        Assert.Equal(ControlState.Inactive, rig.Cycle.State);
        Assert.False(rig.Board.BridgesEnabled);
    }

    [Theory]
    [MemberData(nameof(OtherFaults))]
    public void Slow_sensors_may_fail_and_the_arm_arrives(string fault)
    {
        CycleRig rig = CycleRig.InMotion();
        string[] words = fault.Split(' ');
        byte stuck = words[1] == "zeros" ? (byte)0x00 : (byte)0xFF;
        int address = words[0] == "supply" ? 0x41 : 0x68;
        if (words[0] == "currents" && words[1] == "silent")
            rig.Faults.FailCurrents(BusResult.Timeout);
        else if (words[0] == "currents")
            rig.Faults.StickCurrents(stuck);
        else if (words[1] == "refused")
            rig.Faults.FailI2c(address, BusResult.Nak);
        else
            rig.Faults.StickI2c(address, stuck);

        HardwareFaults seen = HardwareFaults.None;
        for (int k = 0; k < 750; k++)
        {
            rig.RunWithinLimits(Cycle);
            seen |= rig.Newest.ReadFaults;
        }

        Assert.NotEqual(HardwareFaults.None, seen);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.DistanceTo(CycleRig.Place) < 1e-3, $"{rig.DistanceTo(CycleRig.Place)} rad");
        Assert.Equal(0, rig.Allocated);
    }
}
