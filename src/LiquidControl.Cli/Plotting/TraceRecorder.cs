using LiquidControl.Control;
using LiquidControl.Robotics;
using LiquidControl.Simulation;

namespace LiquidControl.Cli.Plotting;

/// <summary>Writes down a running move for its picture.</summary>
internal sealed class TraceRecorder(ArmDescription arm) : IMotionObserver
{
    private readonly RigidBodyWorkspace _workspace = new(arm.Model);
    private readonly List<double> _time = [];
    private readonly List<double>[] _error = NewLists(arm.JointCount);
    private readonly List<double>[] _torque = NewLists(arm.JointCount);
    private readonly List<double>[] _residual = NewLists(arm.JointCount);
    private readonly List<Vector3> _tool = [];
    private readonly List<Vector3> _toolReference = [];

    public void Observe(double time, ControlCycle cycle, SimulatedArm simulated)
    {
        if (time < 0.0) return;
        _time.Add(time);
        for (int i = 0; i < arm.JointCount; i++)
        {
            _error[i].Add(cycle.Reference.Now.Position[i] - simulated.Plant.Position[i]);
            _torque[i].Add(simulated.Plant.DriveTorque[i]);
            _residual[i].Add(cycle.Command.Residual[i]);
        }

        _tool.Add(simulated.Truth.Tool.Translation);
        _toolReference.Add(ForwardKinematics.Tool(arm.Model, _workspace, cycle.Reference.Now.Position).Translation);
    }

    /// <param name="title">What the picture is called.</param>
    /// <param name="arrival">Planned arrival, s.</param>
    public MoveTrace ToTrace(string title, double arrival) => new()
    {
        Title = title,
        JointNames = [.. arm.Model.Joints.Select(joint => joint.Name)],
        Time = [.. _time],
        Arrival = arrival,
        JointError = Arrays(_error),
        Torque = Arrays(_torque),
        Residual = Arrays(_residual),
        Tool = [.. _tool],
        ToolReference = [.. _toolReference],
    };

    private static List<double>[] NewLists(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<double>())];

    private static double[][] Arrays(List<double>[] lists) => [.. lists.Select(list => list.ToArray())];
}
