using LiquidControl.Control;
using LiquidControl.Robotics;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Observing;

/// <summary>Writes down the true motion of one joint of a moving arm, from the beginning of the move on.</summary>
internal sealed class JointMotionRecorder(Plant plant, int joint, double period) : IMotionObserver
{
    private readonly RigidBodyModel _model = plant.Parameters.Model;
    private readonly RigidBodyWorkspace _workspace = new(plant.Parameters.Model);
    private readonly double[] _jacobian = new double[6 * plant.JointCount];
    private readonly List<double> _position = [];
    private readonly List<double> _velocity = [];
    private readonly List<double> _axisRate = [];
    private readonly List<double> _current = [];

    public void Observe(double time, ControlCycle cycle, SimulatedArm arm)
    {
        if (time < 0.0)
            return;
        _position.Add(plant.Position[joint]);
        _velocity.Add(plant.Velocity[joint]);
        _axisRate.Add(AxisRate());
        _current.Add(plant.MotorCurrent[joint]);
    }

    public JointMotion ToMotion() => new(period, [.. _position], [.. _velocity], [.. _axisRate], [.. _current]);

    private double AxisRate()
    {
        GeometricJacobian.Compute(_model, _workspace, plant.Position, _jacobian);
        int n = plant.JointCount;
        double rate = 0.0;
        for (int i = 0; i < n; i++)
        {
            double alignment = 0.0;
            for (int row = 3; row < 6; row++)
                alignment += _jacobian[(row * n) + i] * _jacobian[(row * n) + joint];
            rate += alignment * plant.Velocity[i];
        }

        return rate;
    }
}
