using LiquidControl.Control;
using LiquidControl.Neural;
using LiquidControl.Simulation;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Hosting;

/// <summary>
/// Composes a robot for the desktop: the control cycle and the drivers of the real arm, with emulated chips, a plant and a virtual clock in
/// the place of hardware.
/// </summary>
public sealed class SimulatedRobot
{
    /// <param name="robot">The configuration.</param>
    /// <param name="kind">Which law drives.</param>
    /// <param name="payload">Mass at the tool centre point, unknown to the controller, kg.</param>
    /// <param name="rate">Control rate, Hz; null for the robot's own.</param>
    /// <param name="seed">Seed of the sensor noise; null for the robot's own.</param>
    /// <param name="ringCapacity">Cycles that the black box remembers.</param>
    /// <exception cref="FileNotFoundException">The law needs a network that has not been trained.</exception>
    /// <exception cref="ModelFormatException">The network is not one for this arm.</exception>
    public SimulatedRobot(
        RobotConfiguration robot, ControllerKind kind, double payload = 0.0, double? rate = null, ulong? seed = null,
        int ringCapacity = ControlCycle.UsualRingCapacity)
    {
        Believed = BelievedArm(robot, rate);
        var electronics = NewElectronics(robot);
        Board = (electronics as BoardElectronics)?.Board;
        Arm = NewArm(robot, electronics, payload, rate, seed);
        Policy = LoadPolicy(robot, kind, Believed);
        Cycle = new ControlCycle(Believed, robot.Controller, kind, Arm.Hardware, Arm.Clock, Policy, ringCapacity);
    }

    /// <summary>The arm as the controller believes it to be.</summary>
    public ArmDescription Believed { get; }

    public SimulatedArm Arm { get; }

    /// <summary>The emulated chips, for whoever puts faults on their buses; null for ideal torque sources.</summary>
    public EmulatedArmBoard? Board { get; }

    public ControlCycle Cycle { get; }

    /// <summary>The network in the cycle; null where the law needs none.</summary>
    public LiquidPolicy? Policy { get; }

    /// <summary>Emulated chips behind the real drivers, or ideal torque sources.</summary>
    public static IArmElectronics NewElectronics(RobotConfiguration robot) => robot.Wiring is { } wiring
        ? new BoardElectronics(new EmulatedArmBoard(wiring))
        : new IdealTorqueHardware(robot.Arm.JointCount);

    /// <summary>What the controller believes otherwise than the robot's files.</summary>
    public static ModelError ErrorOf(RobotConfiguration robot) => new(robot.Simulation.ModelMassScale, robot.Simulation.ModelFrictionScale);

    /// <summary>The arm as its controller believes it to be.</summary>
    public static ArmDescription BelievedArm(RobotConfiguration robot, double? rate = null) => ErrorOf(robot).Apply(At(robot, rate));

    /// <summary>The plant, as the robot.toml says it is, with its sensors.</summary>
    public static SimulatedArm NewArm(
        RobotConfiguration robot, IArmElectronics electronics, double payload, double? rate = null, ulong? seed = null)
    {
        var truth = At(robot, rate);
        var scenario = new Scenario
        {
            Name = "move",
            PayloadMin = payload,
            PayloadMax = payload,
            Noise = SensorNoise.Typical with { Encoder = robot.Simulation.EncoderNoise },
        };
        return SimulatedArm.ForEpisode(truth, scenario, seed ?? robot.Simulation.Seed, electronics, truth.Rate);
    }

    /// <summary>The network a law needs; null where it needs none.</summary>
    /// <exception cref="FileNotFoundException">It has not been trained.</exception>
    /// <exception cref="ModelFormatException">It is not one for this arm.</exception>
    public static LiquidPolicy? LoadPolicy(
        RobotConfiguration robot, ControllerKind kind, ArmDescription believed, Func<IPolicyNetwork, IPolicyNetwork>? inside = null)
    {
        if (kind is not (ControllerKind.Liquid or ControllerKind.EndToEnd)) return null;
        var role = kind == ControllerKind.EndToEnd ? PolicyRole.EndToEnd : PolicyRole.Residual;
        string path = robot.RequirePolicy(role);
        return LiquidPolicy.Create(ModelFile.Load(path), believed, robot.Controller, role, path, robot.PolicyPrecision, inside);
    }

    /// <summary>From rest at start to goal, rad.</summary>
    public MotionRunResult Run(double[] start, double[] goal, IMotionObserver? observer = null, CancellationToken cancellation = default) =>
        new MotionRun(Arm, Cycle).Run(start, goal, observer, cancellation);

    private static ArmDescription At(RobotConfiguration robot, double? rate) => robot.Arm with { Rate = rate ?? robot.Arm.Rate };
}
