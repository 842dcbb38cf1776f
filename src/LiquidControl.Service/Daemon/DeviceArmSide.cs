using LiquidControl.Control;
using LiquidControl.Devices;
using LiquidControl.Devices.Buses;
using LiquidControl.Hosting;
using LiquidControl.Simulation;

namespace LiquidControl.Service.Daemon;

/// <summary>
/// An arm on device nodes: a real one, or one that is emulated behind them; driving it there is no telling from here. In lockstep it must be an
/// emulated one, whose time is the edges of the heartbeat, as the cycle's is a period a cycle.
/// </summary>
internal sealed class DeviceArmSide : IArmSide, IDisposable
{
    private readonly DcArmDevices _devices;
    private readonly VirtualClock? _stepped;
    private readonly long _periodNs;

    /// <exception cref="ArgumentErrorException">The robot has no chips, or is to be driven in lockstep and is not emulated so.</exception>
    /// <exception cref="HardwareException">A node cannot be opened or set up.</exception>
    public DeviceArmSide(RobotConfiguration robot, ControllerKind kind, DcArmNodes nodes, bool lockstep)
    {
        if (lockstep)
            RequireLockstep(nodes.GpioChip, GpioChipLabel.Of(nodes.GpioChip));
        _devices = Open(robot, nodes);
        _stepped = lockstep ? new() : null;
        _periodNs = (long)Math.Round(1e9 / robot.Arm.Rate);
        Clock = _stepped is null ? new MachineClock() : _stepped;
        var policy = SimulatedRobot.LoadPolicy(robot, kind, robot.Arm);
        Cycle = new(robot.Arm, robot.Controller, kind, _devices.Hardware, Clock, policy, IArmSide.RingCapacity);
    }

    public ControlCycle Cycle { get; }

    public ModelError Believed => ModelError.None;

    public IClock Clock { get; }

    /// <exception cref="ArgumentErrorException">The robot has no chips.</exception>
    /// <exception cref="HardwareException">A node cannot be opened or set up.</exception>
    public static DcArmDevices Open(RobotConfiguration robot, DcArmNodes nodes)
    {
        var wiring = robot.Wiring ?? throw new ArgumentErrorException(
            $"--robot: found {robot.Arm.Name}, whose joints are ideal torque sources, expected one with chips, such as ar4-dc. With --emulated any robot will do.");
        return new(wiring, nodes);
    }

    /// <summary>By the GPIO chip's label, before any line is touched: an arm that does not wait must not be driven by a clock that does.</summary>
    /// <exception cref="ArgumentErrorException">It is a real arm's, or that of an emulator in real time.</exception>
    public static void RequireLockstep(string chip, string label)
    {
        if (label == GpioChipLabel.EmulatedInLockstep)
            return;
        const string Remedy = "Start it with `liquidcontrol hil up --lockstep`, or leave --lockstep out.";
        throw new ArgumentErrorException(label == GpioChipLabel.Emulated
            ? $"--lockstep: found the nodes of an emulator in real time ({chip}), expected those of one in lockstep. {Remedy}"
            : $"--lockstep: found a real GPIO chip ({chip}, {label}), expected that of an emulator in lockstep: a real arm does not wait for its loop. {Remedy}");
    }

    /// <summary>While the outputs are on the cycle beats.</summary>
    public void Pass()
    {
        if (_stepped is null)
            return;
        _stepped.Advance(_periodNs);
        _devices.Hardware.BeatWhileOff();
    }

    public void Dispose() => _devices.Dispose();
}
