using LiquidControl.Control;
using LiquidControl.Robotics;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Prediction;

/// <summary>Asks forecasts about the state to come, again and again during a move, and holds them against the plant once it is over.</summary>
public sealed class PredictionJudge : IMotionObserver
{
    /// <summary>Time from one moment of asking to the next, s.</summary>
    private const double Spacing = 0.1;

    /// <summary>Slack for sums of periods, s.</summary>
    private const double Rounding = 1e-9;

    private readonly ArmDescription _arm;
    private readonly Forecast[] _forecasts;
    private readonly double[] _horizons;
    private readonly TrueMotion _motion;
    private readonly List<(double Time, double[] States)> _moments = [];

    /// <param name="arm">The arm as described: its geometry tells where the tool is.</param>
    /// <param name="forecasts">Who is asked.</param>
    /// <param name="horizons">About what, s.</param>
    public PredictionJudge(ArmDescription arm, Forecast[] forecasts, double[] horizons)
    {
        _arm = arm;
        _forecasts = forecasts;
        _horizons = horizons;
        _motion = new TrueMotion(arm.JointCount);
    }

    public void Observe(double time, ControlCycle cycle, SimulatedArm arm)
    {
        _motion.Add(time, arm.Plant);
        double due = _moments.Count == 0 ? 0.0 : _moments[^1].Time + Spacing;
        if (time < due - Rounding || time > cycle.Reference.Duration)
            return;
        int n = _arm.JointCount, at = 0;
        var states = new double[_forecasts.Length * _horizons.Length * 2 * n];
        foreach (Forecast forecast in _forecasts)
        {
            foreach (double horizon in _horizons)
            {
                forecast.At(cycle, horizon, states.AsSpan(at, n), states.AsSpan(at + n, n));
                at += 2 * n;
            }
        }

        _moments.Add((time, states));
    }

    /// <summary>The errors of every moment whose longest horizon was reached: [moment][forecast × horizons + horizon].</summary>
    public PredictionError[][] Finish()
    {
        int n = _arm.JointCount;
        var workspace = new RigidBodyWorkspace(_arm.Model);
        var position = new double[n];
        var velocity = new double[n];
        return [.. _moments.Where(moment => moment.Time + _horizons[^1] <= _motion.End).Select(Errors)];

        PredictionError[] Errors((double Time, double[] States) moment)
        {
            var errors = new PredictionError[_forecasts.Length * _horizons.Length];
            for (int i = 0; i < errors.Length; i++)
            {
                _motion.At(moment.Time + _horizons[i % _horizons.Length], position, velocity);
                ReadOnlySpan<double> told = moment.States.AsSpan(i * 2 * n, 2 * n);
                Vector3 tool = ForwardKinematics.Tool(_arm.Model, workspace, position).Translation;
                Vector3 toldTool = ForwardKinematics.Tool(_arm.Model, workspace, told[..n]).Translation;
                errors[i] = PredictionError.Of(told[..n], told[n..], position, velocity, (toldTool - tool).Norm);
            }

            return errors;
        }
    }
}
