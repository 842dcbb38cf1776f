using LiquidControl.Devices.Buses;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Rig;

/// <summary>What a fault's number means.</summary>
/// <param name="Unit">As a scenario's key ends: mrad, v, …</param>
/// <param name="Usual">Where the scenario does not say.</param>
/// <param name="Min">Least sensible.</param>
/// <param name="Max">Largest.</param>
public sealed record FaultValue(string Unit, double Usual, double Min, double Max);

/// <summary>A fault that a scenario can cause.</summary>
/// <param name="Name">The word for it.</param>
/// <param name="TakesJoint">Whether it is on one joint.</param>
/// <param name="Value">Its number; null if it takes none.</param>
/// <param name="Description">One line.</param>
/// <param name="Cause">Makes it so; the joint counts from 0.</param>
public sealed record RigFault(string Name, bool TakesJoint, FaultValue? Value, string Description, Action<RigArm, int, double> Cause)
{
    /// <summary>COMP high: the field is too weak (AS5048A datasheet, diagnostics register).</summary>
    private const int WeakField = EmulatedAs5048aChain.GoodDiagnostics | 1 << 11;

    private const byte StuckLow = 0x00;
    private const byte StuckHigh = 0xFF;

    /// <summary>Whether only a law with a network can have it.</summary>
    public bool NeedsNetwork { get; private init; }

    public static IReadOnlyList<RigFault> All { get; } =
    [
        new("pwm-nak", false, null, "the PWM chip does not acknowledge", (arm, _, _) => FailPwm(arm, BusResult.Nak)),
        new("pwm-timeout", false, null, "the PWM chip holds the clock", (arm, _, _) => FailPwm(arm, BusResult.Timeout)),
        new("pwm-nak-once", false, new("transfers", 1, 1, 100), "the PWM chip does not acknowledge so many transfers", (arm, _, n) => FailPwm(arm, BusResult.Nak, (int)n)),
        new("pwm-stuck", false, null, "reads from the PWM chip give ones only", (arm, _, _) => arm.Board.Faults.StickI2c(arm.Board.Wiring.PwmAddress, StuckHigh)),
        new("pwm-reset", false, null, "the PWM chip loses its configuration, once", (arm, _, _) => arm.Board.Faults.ResetPwm()),
        new("encoder-bad-frames", true, new("transfers", 2, 1, 1000), "a joint's angles come with a wrong parity bit", (arm, joint, n) => arm.Board.Faults.FlipEncoderParity(joint, (int)n)),
        new("encoder-parity", true, null, "the same until it is mended", (arm, joint, _) => arm.Board.Faults.FlipEncoderParity(joint)),
        new("encoder-flag", true, new("transfers", 1, 1, 1000), "an encoder hears wrong commands and raises its error flag", (arm, joint, n) => arm.Board.Faults.CorruptEncoderCommand(joint, (int)n)),
        new("encoder-silent", false, null, "transfers of the encoder chain time out", (arm, _, _) => arm.Board.Faults.FailEncoders(BusResult.Timeout)),
        new("encoder-stuck-low", false, null, "the encoder chain gives zeros only", (arm, _, _) => arm.Board.Faults.StickEncoders(StuckLow)),
        new("encoder-stuck-high", false, null, "the encoder chain gives ones only", (arm, _, _) => arm.Board.Faults.StickEncoders(StuckHigh)),
        new("encoder-frozen", true, null, "an encoder gives the same angle, whatever its joint does", (arm, joint, _) => arm.Arm.SensorFaults.FreezeEncoder(joint)),
        new("encoder-jump", true, new("mrad", 30, -3142, 3142), "an encoder is off by so much", (arm, joint, mrad) => arm.Arm.SensorFaults.ShiftEncoder(joint, mrad * 1e-3)),
        new("encoder-drift", true, new("mrad_s", 100, -5000, 5000), "an encoder's error grows", (arm, joint, rate) => arm.Arm.SensorFaults.DriftEncoder(joint, rate * 1e-3)),
        new("encoder-gear", true, new("part", 0.5, -10, 10), "an encoder turns by so much of its joint; -1 is the wrong sense", (arm, joint, part) => arm.Arm.SensorFaults.GearEncoder(joint, part)),
        new("encoder-swapped", true, new("joint", 1, 1, 16), "its cable and that of another joint are exchanged", (arm, joint, other) => arm.Arm.SensorFaults.SwapEncoders(joint, OtherJoint(arm, other))),
        new("magnet-weak", true, null, "an encoder's magnet is too far away", (arm, joint, _) => arm.Board.SetEncoderDiagnostics(joint, WeakField)),
        new("frames-dropped", false, new("percent", 40, 0, 100), "so many of the encoder frames are lost", (arm, _, percent) => arm.Arm.DropProbability = percent * 1e-2),
        new("loop-late", false, new("ms", 30, 1, 60_000), "the machine does not let the loop run for so long", (arm, _, ms) => arm.HoldUpLoop(ms * 1e-3)),
        new("loop-killed", false, null, "the loop's process is killed", (arm, _, _) => arm.KillLoop()),
        new("setpoints-silent", false, null, "whoever posts the goals is not heard of any more", (arm, _, _) => arm.SilenceSetpoints()),
        new("supply", false, new("v", 12, 0, 60), "the motor supply falls to so much", (arm, _, volts) => arm.Arm.Plant.SourceVoltage = volts),
        new("drive-stuck", true, null, "a bridge keeps the duty it has", (arm, joint, _) => arm.Arm.DriveFaults.Stick(joint)),
        new("drive-dead", true, null, "a motor's wire is broken", (arm, joint, _) => arm.Arm.Plant.Disconnect(joint)),
        new("drive-reversed", true, null, "a motor's wires are exchanged", (arm, joint, _) => Reverse(arm, joint)),
        new("drive-weak", true, new("part", 0.5, 0, 1), "a motor gives so much of the torque that its current should", (arm, joint, part) => arm.Arm.Plant.Weaken(joint, part)),
        new("joint-blocked", true, null, "a joint is jammed where it is", (arm, joint, _) => Obstruct(arm, joint, 0.0)),
        new("obstacle", true, new("deg", 3, 0, 360), "something stands in a joint's way, so far on either side", (arm, joint, deg) => Obstruct(arm, joint, double.DegreesToRadians(deg))),
        new("push", true, new("nm", 8, -100, 100), "somebody pushes a joint", (arm, joint, torque) => arm.Arm.Plant.Push(joint, torque)),
        new("payload", false, new("kg", 0, 0, 5), "what the tool carries is so much from now on", (arm, _, mass) => arm.Arm.Carry(mass)),
        new("imu-silent", false, null, "the inertial sensor does not acknowledge", (arm, _, _) => arm.Board.Faults.FailI2c(arm.Board.Wiring.ImuAddress, BusResult.Nak)),
        new("imu-frozen", false, null, "the inertial sensor gives the same counts", (arm, _, _) => arm.Arm.SensorFaults.FreezeImu()),
        new("imu-saturated", false, null, "the inertial sensor is at the end of its scale", (arm, _, _) => arm.Arm.SensorFaults.SaturateImu()),
        new("supply-monitor-silent", false, null, "the supply monitor does not acknowledge", (arm, _, _) => arm.Board.Faults.FailI2c(arm.Board.Wiring.SupplyAddress, BusResult.Nak)),
        new("currents-silent", false, null, "transfers of the current converter fail", (arm, _, _) => arm.Board.Faults.FailCurrents(BusResult.Timeout)),
        new("currents-stuck", false, null, "the current converter gives ones only", (arm, _, _) => arm.Board.Faults.StickCurrents(StuckHigh)),
        new("policy-nan", false, null, "the network gives no numbers", (arm, _, _) => Misbehave(arm, NetworkFault.NotFinite)) { NeedsNetwork = true },
        new("policy-at-bound", false, null, "the network asks for all that it may add, and more", (arm, _, _) => Misbehave(arm, NetworkFault.AtBound)) { NeedsNetwork = true },
        new("policy-chatter", false, null, "the same, the other way in every cycle", (arm, _, _) => Misbehave(arm, NetworkFault.Chatter)) { NeedsNetwork = true },
        new("policy-slow", false, null, "the network takes twice its time budget", (arm, _, _) => Misbehave(arm, NetworkFault.Slow)) { NeedsNetwork = true },
        new("lines-dead", false, null, "calls on the GPIO lines fail", (arm, _, _) => arm.Board.Faults.FailLines(BusResult.IoError)),
        new("emergency-stop", false, null, "the emergency stop is pressed", (arm, _, _) => arm.Board.SetEmergencyStop(true)),
    ];

    /// <summary>Null: there is none of this name.</summary>
    public static RigFault? Find(string name) => All.FirstOrDefault(fault => fault.Name == name);

    private static void FailPwm(RigArm arm, BusResult result, int transfers = BusFaults.UntilCleared) =>
        arm.Board.Faults.FailI2c(arm.Board.Wiring.PwmAddress, result, transfers);

    private static int OtherJoint(RigArm arm, double joint) => Math.Clamp((int)joint, 1, arm.Robot.Arm.JointCount) - 1;

    private static void Reverse(RigArm arm, int joint)
    {
        arm.Arm.DriveFaults.Reverse(joint);
        arm.Arm.Plant.Interrupt(joint);
    }

    private static void Misbehave(RigArm arm, NetworkFault fault) => arm.Network!.Fault = fault;

    private static void Obstruct(RigArm arm, int joint, double free)
    {
        double at = arm.Arm.Plant.Position[joint];
        arm.Arm.Plant.Obstruct(joint, at - free, at + free);
    }
}
