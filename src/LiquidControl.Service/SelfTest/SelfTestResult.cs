using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Robotics;
using LiquidControl.Simulation;

namespace LiquidControl.Service.SelfTest;

/// <summary>How a self-test went; its text is one line.</summary>
internal sealed class SelfTestResult
{
    /// <summary>Of the tool from the goal, mm.</summary>
    private const double WithinMm = 1.0;

    private readonly MotionRunResult _run;
    private readonly double _errorMm;
    private readonly bool _repeats;

    /// <param name="robot">That moved.</param>
    /// <param name="goal">rad.</param>
    /// <param name="run">The move.</param>
    /// <param name="arm">After it.</param>
    /// <param name="rehearsed">The state hash of the same move before.</param>
    public SelfTestResult(RobotConfiguration robot, double[] goal, MotionRunResult run, SimulatedArm arm, ulong rehearsed)
    {
        _run = run;
        _repeats = rehearsed == run.StateHash;
        var wanted = ForwardKinematics.Tool(robot.Arm.Model, new RigidBodyWorkspace(robot.Arm.Model), goal).Translation;
        _errorMm = 1e3 * arm.Truth.DistanceTo(wanted);
    }

    private bool Reached => _run.FinalState == ControlState.Active && _errorMm <= WithinMm;

    public bool Passed => Verdict == "passed";

    private string Verdict => this switch
    {
        { Reached: false } => $"FAILED: the goal was not reached ({_run.FinalState}, faults {_run.Faults})",
        { _run.AllocatedBytes: not 0 } => "FAILED: the cycle allocated",
        { _repeats: false } => "FAILED: the same move again gave another hash",
        _ => "passed",
    };

    public override string ToString() => FormattableString.Invariant(
        $"state hash {_run.StateHash:x16}, {_run.Statistics.Cycles} cycles, {_run.AllocatedBytes} bytes allocated after Activate, {_errorMm:F2} mm from the goal: {Verdict}.");
}
