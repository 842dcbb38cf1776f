using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Simulation;

namespace LiquidControl.Service.Daemon;

/// <summary>
/// The whole arm emulated in this process: chips, motors and links. Its time passes a period a cycle, so a machine that stalls, as a desktop
/// does, slows the arm down and harms nothing. An arm that does not wait stands behind device nodes.
/// </summary>
internal sealed class EmulatedArmSide : IArmSide
{
    private readonly SimulatedRobot _robot;
    private readonly long _periodNs;
    private bool _isHeld = true;

    public EmulatedArmSide(RobotConfiguration robot, ControllerKind kind)
    {
        _robot = new(robot, kind, ringCapacity: IArmSide.RingCapacity);
        Believed = SimulatedRobot.ErrorOf(robot);
        _periodNs = (long)(1e9 / robot.Arm.Rate);
        _robot.Arm.Reset(robot.Arm.Poses.Values.First());
    }

    public ControlCycle Cycle => _robot.Cycle;

    public ModelError Believed { get; }

    public IClock Clock => _robot.Arm.Clock;

    /// <summary>Until it is activated for the first time somebody holds it: an arm without brakes would fall while its daemon waits.</summary>
    public void Pass()
    {
        _isHeld &= Cycle.State is ControlState.Unconfigured or ControlState.Inactive;
        if (!_isHeld)
            _robot.Arm.Advance(_periodNs);
    }
}
