using LiquidControl.Control;
using LiquidControl.Numerics;
using LiquidControl.Robotics;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Arm;

/// <summary>How much a torque at each joint moves the tool: what an error of the network's there is worth.</summary>
public static class ToolSensitivity
{
    private const int Postures = 64;

    /// <summary>
    /// Acceleration of the tool centre point a torque at each joint, m/s² a N·m: root mean square over postures from which moves start.
    /// </summary>
    public static double[] Of(ArmDescription arm)
    {
        ArgumentNullException.ThrowIfNull(arm);
        int n = arm.JointCount;
        var pairs = new PosePairs(arm, new RandomStream(0));
        var workspace = new RigidBodyWorkspace(arm.Model);
        double[] atRest = new double[n], torque = new double[n], none = new double[n], moved = new double[n], jacobian = new double[6 * n];
        var squares = new double[n];
        for (int posture = 0; posture < Postures; posture++)
        {
            double[] q = pairs.Next().Start;
            GeometricJacobian.Compute(arm.Model, workspace, q, jacobian);
            ArticulatedBody.ForwardDynamics(arm.Model, workspace, q, atRest, torque, none);
            for (int i = 0; i < n; i++)
            {
                torque[i] = 1.0;
                ArticulatedBody.ForwardDynamics(arm.Model, workspace, q, atRest, torque, moved);
                torque[i] = 0.0;
                for (int row = 0; row < 3; row++)
                {
                    double acceleration = 0.0;
                    for (int j = 0; j < n; j++)
                        acceleration += jacobian[row * n + j] * (moved[j] - none[j]);
                    squares[i] += acceleration * acceleration / Postures;
                }
            }
        }

        return Array.ConvertAll(squares, Math.Sqrt);
    }
}
