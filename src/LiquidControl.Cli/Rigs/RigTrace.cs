using LiquidControl.Control;
using LiquidControl.Rig;

namespace LiquidControl.Cli.Rigs;

/// <summary>What a scenario's picture shows, cycle by cycle.</summary>
internal sealed class RigTrace : IRigObserver
{
    public List<double> Times { get; } = [];

    public List<double[]> Positions { get; } = [];

    public List<double[]> References { get; } = [];

    public List<double[]> Velocities { get; } = [];

    public List<ControlState> States { get; } = [];

    public List<FaultCause> Faults { get; } = [];

    public List<LimitFlags> Limits { get; } = [];

    public List<bool> Bridges { get; } = [];

    public void Observe(double time, ControlCycle cycle, RigArm arm)
    {
        Times.Add(time);
        Positions.Add(arm.Arm.Plant.Position.ToArray());
        References.Add([.. cycle.Reference.Now.Position]);
        Velocities.Add(arm.Arm.Plant.Velocity.ToArray());
        States.Add(cycle.State);
        Faults.Add(cycle.Faults);
        Limits.Add(cycle.Ring.Newest(0).Limits);
        Bridges.Add(arm.Board.BridgesEnabled);
    }
}
