using LiquidControl.Devices.Buses;
using Xunit;

namespace LiquidControl.Devices.Tests;

public sealed class DcArmWiringTests
{
    private static readonly DcArmWiring Good = DcArmWiring.Ar4Dc;

    public static TheoryData<string, DcArmWiring> Contradictions => new()
    {
        { "PwmAddress: found 0x78, expected 0x03 to 0x77", Good with { PwmAddress = 0x78 } },
        { "I2C addresses: found 64 more than once", Good with { SupplyAddress = 0x40 } },
        { "GPIO lines: found 24 more than once", Good with { HeartbeatLine = 24 } },
        { "PwmChannel: found 1 more than once", With(0, joint => joint with { PwmChannel = 1 }) },
        { "joint 1, PwmChannel: found 9, expected contiguous", With(0, joint => joint with { PwmChannel = 9 }) },
        { "joint 2, DirectionSign: found 0, expected 1 or -1", With(1, joint => joint with { DirectionSign = 0 }) },
        { "joint 3, DirectionLine: found -1", With(2, joint => joint with { DirectionLine = -1 }) },
        { "joint 4, EncoderPosition: found 6, expected 0 to 5", With(3, joint => joint with { EncoderPosition = 6 }) },
        { "joint 5, CurrentChannel: found 8, expected 0 to 7", With(4, joint => joint with { CurrentChannel = 8 }) },
        { "ImuDecimation: found 3, expected 4 or more", Good with { ImuDecimation = 3 } },
        { "SupplyDecimation: found 12, expected a multiple of ImuDecimation (5)", Good with { SupplyDecimation = 12 } },
        { "Joints: found 0 joints", Good with { Joints = [] } },
    };

    [Fact]
    public void The_reference_wiring_is_valid_and_its_lines_start_disabled()
    {
        Good.Validate();
        GpioLine[] lines = Good.GpioLines();
        Assert.Equal(new GpioLine(24, IsOutput: true, InitiallyHigh: true), lines[Good.EnableBit]);
        Assert.Equal(25, lines[Good.HeartbeatBit].Offset);
        Assert.Equal(27, lines[Good.StatusLedBit].Offset);
        Assert.Equal(new GpioLine(26, IsOutput: false, InitiallyHigh: false), lines[Good.EmergencyStopBit]);
        Assert.Equal([5, 6, 12, 13, 22, 23], lines[..6].Select(line => line.Offset));
    }

    [Theory]
    [MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public void A_contradiction_is_named_with_what_was_found_and_expected(string message, DcArmWiring wiring) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(wiring.Validate).Message, StringComparison.Ordinal);

    [Fact]
    public void Joints_may_be_wired_in_any_order()
    {
        DcArmWiring reversed = Good with
        {
            Joints = [.. Good.Joints.Select((joint, i) => joint with { PwmChannel = 9 - i, EncoderPosition = 5 - i, CurrentChannel = 7 - i })],
        };
        ArmRig rig = ArmRig.Active(reversed);
        for (int joint = 0; joint < 6; joint++)
        {
            rig.Board.SetEncoderCounts(joint, 10 + joint);
            rig.Board.SetMotorCurrentCounts(joint, 20 + joint);
        }

        rig.Read();
        rig.Hardware.Write([0.125, -0.25, 0.375, -0.5, 0.625, -0.75]);
        Assert.Equal([10, 11, 12, 13, 14, 15], rig.Frame.EncoderCounts);
        Assert.Equal([20, 21, 22, 23, 24, 25], rig.Frame.CurrentCounts);
        Assert.Equal([0.125, -0.25, 0.375, -0.5, 0.625, -0.75], Enumerable.Range(0, 6).Select(rig.Board.Drive));

        rig.Board.Faults.FlipEncoderParity(1, 2);
        rig.Read();
        Assert.Equal(LiquidControl.Control.ChannelStatus.ParityError, rig.Frame.EncoderStatus[1]);
    }

    private static DcArmWiring With(int joint, Func<DcJointWiring, DcJointWiring> change) =>
        Good with { Joints = [.. Good.Joints.Select((wires, i) => i == joint ? change(wires) : wires)] };
}
