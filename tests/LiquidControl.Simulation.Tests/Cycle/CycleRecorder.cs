using LiquidControl.Control;
using LiquidControl.Telemetry;

namespace LiquidControl.Simulation.Tests.Cycle;

/// <summary>Writes what a rig's cycle does to a recording in memory, from its black box.</summary>
internal sealed class CycleRecorder : IDisposable
{
    private readonly CycleRig _rig;
    private readonly CycleLayout _layout = new(CycleRig.Believed.JointCount);
    private readonly MemoryStream _stream = new();
    private readonly RecordingWriter _writer;
    private readonly byte[] _record;
    private long _taken;
    private long _number;

    public CycleRecorder(CycleRig rig, string controller)
    {
        _rig = rig;
        _record = new byte[_layout.Size];
        _writer = new(_stream, Origin(controller), _layout.Fields);
    }

    /// <summary>Activates the rig, if need be again, and notes what it read.</summary>
    public void Activate(double[] posture)
    {
        Take();
        if (_rig.Cycle.State != ControlState.Inactive)
            _rig.Cycle.Deactivate();
        _rig.Activate(posture);
        Add(_rig.Cycle.Activation);
    }

    /// <summary>Runs the rig and takes its cycles, but for as many as are to be lost.</summary>
    public void Run(double seconds, int lost = 0)
    {
        _rig.Run(seconds);
        _taken += lost;
        _number += lost;
        Take();
    }

    /// <summary>Holds the rig still by hand, without power.</summary>
    public void HoldStill(double[] posture)
    {
        _rig.HoldStill(posture);
        Take();
    }

    public RecordingReader Finish()
    {
        _writer.Dispose();
        return RecordingReader.Open("test.mcap", new MemoryStream(_stream.ToArray()));
    }

    public void Dispose() => _writer.Dispose();

    private void Take()
    {
        for (; _taken < _rig.Cycle.Ring.Written; _taken++)
            Add(_rig.Cycle.Ring.Newest((int)(_rig.Cycle.Ring.Written - 1 - _taken)));
    }

    private void Add(CycleRecord record)
    {
        _layout.Write(record, _record);
        _writer.Add(_number++, _record);
    }

    private static RecordingOrigin Origin(string controller) => new()
    {
        Robot = "ar4-dc",
        Joints = CycleRig.Believed.JointCount,
        Rate = CycleRig.Believed.Rate,
        Controller = controller,
        MassScale = 1.0,
        FrictionScale = 1.0,
        RobotHash = "",
        UrdfHash = "",
        PolicyHash = "",
        Program = "test",
    };
}
