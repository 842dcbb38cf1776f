using LiquidControl.Control;
using LiquidControl.Devices;
using LiquidControl.Hosting;
using LiquidControl.Simulation;

namespace LiquidControl.Service.Daemon;

/// <summary>An arm on device nodes: a real one, or one that is emulated behind them; there is no telling from here.</summary>
internal sealed class DeviceArmSide : IArmSide, IDisposable
{
    private readonly DcArmDevices _devices;

    /// <exception cref="HardwareException">A node cannot be opened or set up.</exception>
    public DeviceArmSide(RobotConfiguration robot, ControllerKind kind, DcArmNodes nodes)
    {
        _devices = Open(robot, nodes);
        var policy = SimulatedRobot.LoadPolicy(robot, kind, robot.Arm);
        Cycle = new(robot.Arm, robot.Controller, kind, _devices.Hardware, Clock, policy, IArmSide.RingCapacity);
    }

    public ControlCycle Cycle { get; }

    public ModelError Believed => ModelError.None;

    public IClock Clock { get; } = new MachineClock();

    /// <exception cref="ArgumentErrorException">The robot has no chips.</exception>
    /// <exception cref="HardwareException">A node cannot be opened or set up.</exception>
    public static DcArmDevices Open(RobotConfiguration robot, DcArmNodes nodes)
    {
        var wiring = robot.Wiring ?? throw new ArgumentErrorException(
            $"--robot: found {robot.Arm.Name}, whose joints are ideal torque sources, expected one with chips, such as ar4-dc. With --emulated any robot will do.");
        return new(wiring, nodes);
    }

    public void Pass()
    {
    }

    public void Dispose() => _devices.Dispose();
}
