using LiquidControl.Cli.Commands;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Simulation;
using LiquidControl.Telemetry;

namespace LiquidControl.Cli;

/// <summary>Writes every cycle of a simulated move to a recording.</summary>
internal sealed class MoveRecorder : IMotionObserver, IDisposable
{
    private readonly CycleLayout _layout;
    private readonly byte[] _record;
    private readonly RecordingWriter _file;

    /// <param name="request">The move.</param>
    /// <param name="path">Of a new file.</param>
    public MoveRecorder(MoveRequest request, string path)
    {
        var robot = request.Robot;
        _layout = new(robot.Arm.JointCount);
        _record = new byte[_layout.Size];
        var origin = RecordedController.OriginOf(
            robot, request.Controller, SimulatedRobot.ErrorOf(robot), request.Rate ?? robot.Arm.Rate, ProgramVersion.Name);
        _file = new(RecordingFiles.Create(path), origin, _layout.Fields);
    }

    public void Observe(double time, ControlCycle cycle, SimulatedArm arm)
    {
        if (cycle.Statistics.Cycles == 1) Add(cycle.Activation);
        Add(cycle.Ring.Newest(0));
    }

    public void Dispose() => _file.Dispose();

    private void Add(CycleRecord record)
    {
        _layout.Write(record, _record);
        _file.Add(_file.Records, _record);
    }
}
