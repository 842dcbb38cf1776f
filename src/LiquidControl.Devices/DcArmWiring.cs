using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Chips;

namespace LiquidControl.Devices;

/// <summary>
/// How an arm with DC bridges is wired: chip addresses, channels and lines per joint, and how often the slow chips are read.
/// </summary>
public sealed record DcArmWiring
{
    /// <summary>Clock rates the wiring is laid out for, Hz.</summary>
    public const int I2cHz = 400_000;

    public const int EncoderSpiHz = 10_000_000;

    public const int CurrentSpiHz = 1_350_000;

    public required IReadOnlyList<DcJointWiring> Joints { get; init; }

    public int PwmAddress { get; init; } = 0x40;

    public int SupplyAddress { get; init; } = 0x41;

    public int ImuAddress { get; init; } = 0x68;

    /// <summary>Hz.</summary>
    public double PwmFrequency { get; init; } = 1526;

    /// <summary>GPIO line of the PWM chip's OE, active low, pulled to disabled; it also gates the bridges' enable.</summary>
    public required int EnableLine { get; init; }

    /// <summary>GPIO line that feeds the 10 ms monostable.</summary>
    public required int HeartbeatLine { get; init; }

    public required int StatusLedLine { get; init; }

    /// <summary>GPIO line of the emergency-stop circuit: closed is low, open (pressed or broken) is high.</summary>
    public required int EmergencyStopLine { get; init; }

    /// <summary>The IMU is read every so many cycles; at least 4, so that one slow chip a cycle suffices.</summary>
    public int ImuDecimation { get; init; } = 5;

    /// <summary>
    /// The supply is read, and the PWM chip's mode checked, every so many cycles; a multiple of <see cref="ImuDecimation"/>.
    /// </summary>
    public int SupplyDecimation { get; init; } = 10;

    public int JointCount => Joints.Count;

    /// <summary>Bits of the one GPIO request: directions first, joint by joint.</summary>
    public int EnableBit => JointCount;

    public int HeartbeatBit => JointCount + 1;

    public int StatusLedBit => JointCount + 2;

    public int EmergencyStopBit => JointCount + 3;

    /// <summary>Lowest PWM channel in use; the joints' channels are contiguous from here.</summary>
    public int FirstPwmChannel => Joints.Min(joint => joint.PwmChannel);

    /// <summary>The reference arm, as in hardware/arms/ar4-dc/wiring.md.</summary>
    public static DcArmWiring Ar4Dc { get; } = new()
    {
        Joints =
        [
            new() { PwmChannel = 0, DirectionLine = 5, EncoderPosition = 0, CurrentChannel = 0 },
            new() { PwmChannel = 1, DirectionLine = 6, EncoderPosition = 1, CurrentChannel = 1 },
            new() { PwmChannel = 2, DirectionLine = 12, EncoderPosition = 2, CurrentChannel = 2 },
            new() { PwmChannel = 3, DirectionLine = 13, EncoderPosition = 3, CurrentChannel = 3 },
            new() { PwmChannel = 4, DirectionLine = 22, EncoderPosition = 4, CurrentChannel = 4 },
            new() { PwmChannel = 5, DirectionLine = 23, EncoderPosition = 5, CurrentChannel = 5 },
        ],
        EnableLine = 24,
        HeartbeatLine = 25,
        StatusLedLine = 27,
        EmergencyStopLine = 26,
    };

    /// <summary>The lines to request, in bit order; outputs start disabled.</summary>
    public GpioLine[] GpioLines() =>
    [
        .. Joints.Select(joint => new GpioLine(joint.DirectionLine, IsOutput: true, InitiallyHigh: false)),
        new(EnableLine, IsOutput: true, InitiallyHigh: true),
        new(HeartbeatLine, IsOutput: true, InitiallyHigh: false),
        new(StatusLedLine, IsOutput: true, InitiallyHigh: false),
        new(EmergencyStopLine, IsOutput: false, InitiallyHigh: false),
    ];

    /// <summary>Throws <see cref="ArgumentException"/> that names the field, what was found and what is expected.</summary>
    public void Validate()
    {
        Require(JointCount is >= 1 and <= Mcp3008.ChannelCount, nameof(Joints), $"{JointCount} joints", "1 to 8");
        RequireAddress(PwmAddress, nameof(PwmAddress));
        RequireAddress(SupplyAddress, nameof(SupplyAddress));
        RequireAddress(ImuAddress, nameof(ImuAddress));
        RequireDistinct([PwmAddress, SupplyAddress, ImuAddress], "I2C addresses");
        RequireDistinct([.. GpioLines().Select(line => line.Offset)], "GPIO lines");
        RequireDistinct([.. Joints.Select(joint => joint.PwmChannel)], nameof(DcJointWiring.PwmChannel));
        RequireDistinct([.. Joints.Select(joint => joint.EncoderPosition)], nameof(DcJointWiring.EncoderPosition));
        RequireDistinct([.. Joints.Select(joint => joint.CurrentChannel)], nameof(DcJointWiring.CurrentChannel));
        for (int i = 0; i < JointCount; i++)
        {
            DcJointWiring joint = Joints[i];
            string place = $"joint {i + 1}, ";
            Require(
                joint.PwmChannel >= 0 && joint.PwmChannel < Pca9685.ChannelCount && joint.PwmChannel < FirstPwmChannel + JointCount,
                place + nameof(joint.PwmChannel), $"{joint.PwmChannel}", "contiguous channels within 0 to 15, for one write of all");
            Require(joint.DirectionLine >= 0, place + nameof(joint.DirectionLine), $"{joint.DirectionLine}", "a line offset, 0 or more");
            Require(joint.DirectionSign is 1 or -1, place + nameof(joint.DirectionSign), $"{joint.DirectionSign}", "1 or -1");
            Require(
                joint.EncoderPosition >= 0 && joint.EncoderPosition < JointCount,
                place + nameof(joint.EncoderPosition), $"{joint.EncoderPosition}", $"0 to {JointCount - 1}");
            Require(
                joint.CurrentChannel is >= 0 and < Mcp3008.ChannelCount,
                place + nameof(joint.CurrentChannel), $"{joint.CurrentChannel}", "0 to 7");
        }

        // With the slow chips on cycles 0, 1, 2 and 3 of the IMU's round, two of them can never fall into one cycle.
        Require(ImuDecimation >= 4, nameof(ImuDecimation), $"{ImuDecimation}", "4 or more");
        Require(
            SupplyDecimation >= ImuDecimation && SupplyDecimation % ImuDecimation == 0,
            nameof(SupplyDecimation), $"{SupplyDecimation}", $"a multiple of {nameof(ImuDecimation)} ({ImuDecimation})");
    }

    private static void RequireAddress(int address, string field) =>
        Require(I2cAddress.IsValid(address), field, $"0x{address:X2}", "0x03 to 0x77");

    private static void RequireDistinct(int[] values, string field)
    {
        int? repeated = values.GroupBy(value => value).Where(group => group.Count() > 1).Select(group => (int?)group.Key).FirstOrDefault();
        Require(repeated is null, field, $"{repeated} more than once", "each only once");
    }

    private static void Require(bool holds, string field, string found, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException($"Wiring, {field}: found {found}, expected {expected}.");
        }
    }
}
