using LiquidControl.Robotics;

namespace LiquidControl.Simulation;

/// <summary>
/// What an ideal inertial sensor at the tool centre point feels, in the tool's axes: specific force (acceleration less free fall, m/s²) and
/// angular rate (rad/s).
/// </summary>
public sealed class ToolMotion(RigidBodyModel model)
{
    private readonly RigidBodyWorkspace _workspace = new(model);
    private readonly double[] _jacobian = new double[6 * model.JointCount];

    public Vector3 SpecificForce { get; private set; }

    public Vector3 AngularRate { get; private set; }

    public void Compute(ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> qdd)
    {
        GeometricJacobian.Compute(model, _workspace, q, _jacobian, out Pose tool);
        Vector3 rate = Vector3.Zero;
        Vector3 acceleration = -model.Gravity;
        for (int i = 0; i < q.Length; i++)
        {
            Vector3 linear = Column(0, i, q.Length);
            Vector3 angular = Column(3, i, q.Length);

            // The Jacobian's own rate of change: joint k below or at i turns column i by z_k, and moves column k by z_k x column i.
            Vector3 turn = rate * 2 + angular * qd[i];
            acceleration += linear * qdd[i] + Vector3.Cross(turn, linear) * qd[i];
            rate += angular * qd[i];
        }

        SpecificForce = Matrix3.TransposeTimes(tool.Rotation, acceleration);
        AngularRate = Matrix3.TransposeTimes(tool.Rotation, rate);
    }

    private Vector3 Column(int row, int joint, int n) =>
        new(_jacobian[row * n + joint], _jacobian[(row + 1) * n + joint], _jacobian[(row + 2) * n + joint]);
}
