using LiquidControl.Control;
using LiquidControl.Robotics;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Arm;

/// <summary>Feeds <see cref="MotionMetrics"/> from a running episode, with the plant's true state against reference and goal.</summary>
public sealed class MotionJudge : IMotionObserver
{
    /// <summary>What the true joints may exceed their limits by, rad, and as a factor of the velocity limit.</summary>
    private const double PositionMargin = 2.0 * Math.PI / 180.0;

    private const double VelocityFactor = 1.10;

    private readonly JointLimits[] _limits;
    private readonly RigidBodyModel _geometry;
    private readonly RigidBodyWorkspace _workspace;
    private readonly Pose _start;
    private readonly Pose _goal;
    private MotionMetrics? _metrics;

    public MotionJudge(ArmDescription arm, ReadOnlySpan<double> start, ReadOnlySpan<double> goal)
    {
        _limits = arm.Limits;
        _geometry = arm.Model;
        _workspace = new RigidBodyWorkspace(arm.Model);
        _start = ForwardKinematics.Tool(_geometry, _workspace, start);
        _goal = ForwardKinematics.Tool(_geometry, _workspace, goal);
    }

    public void Observe(double time, ControlCycle cycle, SimulatedArm arm)
    {
        if (time < 0.0)
            return;
        _metrics ??= new MotionMetrics(_start, _goal, cycle.Reference.Duration);
        Pose reference = ForwardKinematics.Tool(_geometry, _workspace, cycle.Reference.Now.Position);
        _metrics.Add(time, arm.Truth.Tool, reference, cycle.Estimate.Velocity, arm.Plant.Velocity, Violated(arm.Plant));
    }

    /// <summary>A motion that never began counts as failed where it stood.</summary>
    public EpisodeResult Finish() => (_metrics ?? new MotionMetrics(_start, _goal, 0.0)).Finish();

    private bool Violated(Plant plant)
    {
        for (int i = 0; i < _limits.Length; i++)
        {
            double q = plant.Position[i];
            if (q > _limits[i].Upper + PositionMargin || q < _limits[i].Lower - PositionMargin
                || Math.Abs(plant.Velocity[i]) > VelocityFactor * _limits[i].Velocity)
                return true;
        }

        return false;
    }
}
