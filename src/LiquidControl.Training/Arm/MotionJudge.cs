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
    private readonly double[] _bound;
    private readonly double[] _residual;
    private readonly double[] _change;
    private MotionMetrics? _metrics;
    private double _roughness;
    private int _changes;

    public MotionJudge(ArmDescription arm, ReadOnlySpan<double> start, ReadOnlySpan<double> goal)
    {
        _limits = arm.Limits;
        _bound = arm.ResidualBound;
        _residual = new double[arm.JointCount];
        _change = new double[arm.JointCount];
        _geometry = arm.Model;
        _workspace = new RigidBodyWorkspace(arm.Model);
        _start = ForwardKinematics.Tool(_geometry, _workspace, start);
        _goal = ForwardKinematics.Tool(_geometry, _workspace, goal);
    }

    public void Observe(double time, ControlCycle cycle, SimulatedArm arm)
    {
        ObserveResidual(cycle.Command.Residual, counts: time >= 0.0);
        if (time < 0.0)
            return;
        _metrics ??= new MotionMetrics(_start, _goal, cycle.Reference.Duration);
        Pose reference = ForwardKinematics.Tool(_geometry, _workspace, cycle.Reference.Now.Position);
        _metrics.Add(time, arm.Truth.Tool, reference, cycle.Estimate.Velocity, arm.Plant.Velocity, Violated(arm.Plant));
    }

    /// <summary>A motion that never began counts as failed where it stood.</summary>
    public EpisodeResult Finish() => (_metrics ?? new MotionMetrics(_start, _goal, 0.0)).Finish() with
    {
        ResidualRoughness = _changes == 0 ? 0.0 : 100.0 * Math.Sqrt(_roughness / _changes),
    };

    private void ObserveResidual(ReadOnlySpan<double> residual, bool counts)
    {
        for (int i = 0; i < _bound.Length; i++)
        {
            if (_bound[i] <= 0.0)
                continue;
            double change = (residual[i] - _residual[i]) / _bound[i];
            double bend = change - _change[i];
            _residual[i] = residual[i];
            _change[i] = change;
            if (!counts)
                continue;
            _roughness += bend * bend;
            _changes++;
        }
    }

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
