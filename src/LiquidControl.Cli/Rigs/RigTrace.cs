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

    public List<Notices> Notices { get; } = [];

    public List<LimitFlags> Limits { get; } = [];

    public List<bool> Bridges { get; } = [];

    public void Observe(double time, in RigMoment moment, CycleRecord cycle)
    {
        Times.Add(time);
        Positions.Add(moment.Position.ToArray());
        References.Add([.. cycle.ReferencePosition]);
        Velocities.Add(moment.Velocity.ToArray());
        States.Add(moment.State);
        Faults.Add(moment.Faults);
        Notices.Add(moment.Notices);
        Limits.Add(cycle.Limits);
        Bridges.Add(moment.BridgesEnabled);
    }
}
