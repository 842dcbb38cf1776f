using LiquidControl.Devices.Buses;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Hosting;

/// <summary>A fault that can be asked of a running emulator, on the wires or in a chip.</summary>
/// <param name="Name">The word for it.</param>
/// <param name="Target">What its first number names; null when it takes none.</param>
/// <param name="Description">One line.</param>
/// <param name="Cause">Makes it so; called under the board's lock.</param>
public sealed record EmulatedFault(string Name, string? Target, string Description, Action<EmulatedRobot, int?, int> Cause)
{
    private const byte StuckHigh = 0xFF;

    /// <summary>The I2C address a fault is for when none is named: the PWM chip's.</summary>
    private const string Address = "address";

    private const string Joint = "joint";

    public static IReadOnlyList<EmulatedFault> All { get; } =
    [
        new("nak", Address, "an I2C chip does not acknowledge", (robot, at, n) => FailI2c(robot, at, BusResult.Nak, n)),
        new("timeout", Address, "an I2C chip holds the clock", (robot, at, n) => FailI2c(robot, at, BusResult.Timeout, n)),
        new("arbitration", Address, "another master takes the I2C bus", (robot, at, n) => FailI2c(robot, at, BusResult.ArbitrationLost, n)),
        new("stuck", Address, "reads from an I2C chip give ones only", (robot, at, n) => robot.Board.Faults.StickI2c(AddressOf(robot, at), StuckHigh, n)),
        new("encoder-silent", null, "transfers of the encoder chain time out", (robot, _, n) => robot.Board.Faults.FailEncoders(BusResult.Timeout, n)),
        new("encoder-stuck", null, "the encoder chain gives ones only", (robot, _, n) => robot.Board.Faults.StickEncoders(StuckHigh, n)),
        new("encoder-parity", Joint, "one joint's angles come with a wrong parity bit", (robot, at, n) => robot.Board.Faults.FlipEncoderParity(JointOf(robot, at), n)),
        new("current-silent", null, "transfers of the current converter fail", (robot, _, n) => robot.Board.Faults.FailCurrents(BusResult.IoError, n)),
        new("lines-dead", null, "calls on the GPIO lines fail", (robot, _, n) => robot.Board.Faults.FailLines(BusResult.IoError, n)),
        new("pwm-reset", null, "the PWM chip loses its configuration, once", (robot, _, _) => robot.Board.Faults.ResetPwm()),
        new("emergency-stop", null, "the emergency stop is pressed", (robot, _, _) => robot.Board.SetEmergencyStop(true)),
        new("clear", null, "all is well again: wires whole, emergency stop released", (robot, _, _) => Clear(robot)),
        new("put-back", null, "the arm is put back where it started and held there", (robot, _, _) => robot.Arm.PutBack()),
    ];

    /// <exception cref="IOException">There is none of this name.</exception>
    public static EmulatedFault Find(string name)
    {
        foreach (EmulatedFault fault in All)
        {
            if (fault.Name == name) return fault;
        }

        var names = All.Select(fault => fault.Name).ToList();
        string meant = Spelling.Nearest(name, names) is { } nearest ? $" Did you mean {nearest}?" : "";
        throw new IOException($"fault: found '{name}', expected one of {string.Join(", ", names)}.{meant}");
    }

    /// <summary>Makes it so for a number of transfers, null for until it is cleared.</summary>
    /// <exception cref="IOException">The target is none.</exception>
    public void Apply(EmulatedRobot robot, int? target, int? transfers)
    {
        if (Target == Joint && (target is not { } joint || joint < 1 || joint > robot.Configuration.Arm.JointCount))
            throw new IOException($"{Name}: found joint {target?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}, expected 1 to {robot.Configuration.Arm.JointCount}.");
        if (Target == Address && target is { } address && !I2cAddress.IsValid(address))
            throw new IOException($"{Name}: found address 0x{address:X2}, expected 0x03 to 0x77.");
        using (robot.Nodes.BoardLock.EnterScope())
        {
            Cause(robot, target, transfers ?? BusFaults.UntilCleared);
        }
    }

    private static void FailI2c(EmulatedRobot robot, int? address, BusResult result, int transfers) =>
        robot.Board.Faults.FailI2c(AddressOf(robot, address), result, transfers);

    private static void Clear(EmulatedRobot robot)
    {
        robot.Board.Faults.ClearAll();
        robot.Board.SetEmergencyStop(false);
    }

    private static int AddressOf(EmulatedRobot robot, int? address) => address ?? robot.Board.Wiring.PwmAddress;

    private static int JointOf(EmulatedRobot robot, int? joint) => Math.Clamp(joint ?? 1, 1, robot.Configuration.Arm.JointCount) - 1;
}
