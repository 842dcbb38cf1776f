using LiquidControl.Control;
using LiquidControl.Robotics;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Prediction;

/// <summary>Queries a predictor once in a move, about a whole second, and writes down what came.</summary>
public sealed class PredictionCurve : IMotionObserver
{
    private readonly ArmDescription _arm;
    private readonly JointStatePredictor _predictor;
    private readonly double _at;
    private readonly TrueMotion _motion;
    private readonly double[] _horizons;
    private readonly double[][] _positions;
    private readonly double[][] _velocities;
    private readonly double[][] _plan;
    private readonly double[][] _planVelocities;
    private double _asked = double.NaN;

    /// <param name="arm">The arm as described.</param>
    /// <param name="predictor">Who is asked.</param>
    /// <param name="at">When, s since the start of the move.</param>
    /// <param name="horizons">About what, s, rising.</param>
    public PredictionCurve(ArmDescription arm, JointStatePredictor predictor, double at, double[] horizons)
    {
        _arm = arm;
        _predictor = predictor;
        _at = at;
        _horizons = horizons;
        _motion = new TrueMotion(arm.JointCount);
        _positions = NewRows();
        _velocities = NewRows();
        _plan = NewRows();
        _planVelocities = NewRows();
    }

    /// <summary>The time of the cycle that was asked, s; NaN before.</summary>
    public double Asked => _asked;

    public void Observe(double time, ControlCycle cycle, SimulatedArm arm)
    {
        _motion.Add(time, arm.Plant);
        if (!double.IsNaN(_asked) || time < _at)
            return;
        _asked = time;
        var then = new JointReference(_arm.JointCount);
        for (int h = 0; h < _horizons.Length; h++)
        {
            if (!_predictor.Predict(cycle.Estimate, cycle.Reference, _horizons[h], _positions[h], _velocities[h]))
                Array.Fill(_positions[h], double.NaN);
            cycle.Reference.Ahead(_horizons[h], then);
            then.Position.CopyTo(_plan[h], 0);
            then.Velocity.CopyTo(_planVelocities[h], 0);
        }
    }

    /// <summary>What was told beside what came, once the move has lasted to the longest horizon.</summary>
    public PredictedMotion ToMotion()
    {
        double[][] truth = NewRows(), trueVelocities = NewRows();
        for (int h = 0; h < _horizons.Length; h++)
            _motion.At(_asked + _horizons[h], truth[h], trueVelocities[h]);
        return new()
        {
            Horizons = _horizons,
            Positions = _positions,
            Velocities = _velocities,
            PlanPositions = _plan,
            PlanVelocities = _planVelocities,
            TruePositions = truth,
            TrueVelocities = trueVelocities,
            ToolErrorMm = ToolErrors(_positions, truth),
            PlanToolErrorMm = ToolErrors(_plan, truth),
        };
    }

    private double[] ToolErrors(double[][] told, double[][] truth)
    {
        var workspace = new RigidBodyWorkspace(_arm.Model);
        return [.. told.Zip(truth, (a, b) => 1e3 * (Tool(a) - Tool(b)).Norm)];

        Vector3 Tool(double[] position) => ForwardKinematics.Tool(_arm.Model, workspace, position).Translation;
    }

    private double[][] NewRows() => [.. _horizons.Select(_ => new double[_arm.JointCount])];
}
