using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Robotics.Tests;

public sealed class KinematicsTests
{
    [Fact]
    public void Tool_pose_is_the_product_of_the_joints_own_transforms()
    {
        RandomStream random = new(31);
        for (int trial = 0; trial < 500; trial++)
        {
            const int N = 7;
            RigidBodyModel model = RandomChains.Draw(random, N);
            RigidBodyWorkspace workspace = new(model);
            double[] q = RandomChains.Fill(random, N, 3);
            Pose[] bodies = new Pose[N];
            ForwardKinematics.Bodies(model, workspace, q, bodies);
            Pose expected = Pose.Identity;
            for (int i = 0; i < N; i++)
            {
                Joint joint = model.Joints[i];
                Pose motion = joint.Type == JointType.Revolute
                    ? new Pose(Matrix3.FromAxisAngle(joint.Axis, q[i]), Vector3.Zero)
                    : new Pose(Matrix3.Identity, joint.Axis * q[i]);
                expected = expected * joint.Placement * motion;
                AssertSame(expected, bodies[i], 1e-13);
            }

            AssertSame(expected * model.Tool, ForwardKinematics.Tool(model, workspace, q), 1e-13);
        }
    }

    [Fact]
    public void Jacobian_agrees_with_central_differences_of_the_tool_pose()
    {
        RandomStream random = new(32);
        const int N = 6;
        const double Step = 1e-5;
        double[] jacobian = new double[6 * N];
        for (int trial = 0; trial < 500; trial++)
        {
            RigidBodyModel model = RandomChains.Draw(random, N);
            RigidBodyWorkspace workspace = new(model);
            double[] q = RandomChains.Fill(random, N, 3);
            GeometricJacobian.Compute(model, workspace, q, jacobian, out Pose tool);
            Assert.Equal(ForwardKinematics.Tool(model, workspace, q), tool);
            for (int j = 0; j < N; j++)
            {
                double[] ahead = [.. q], behind = [.. q];
                ahead[j] += Step;
                behind[j] -= Step;
                Pose a = ForwardKinematics.Tool(model, workspace, ahead), b = ForwardKinematics.Tool(model, workspace, behind);
                Vector3 linear = (a.Translation - b.Translation) * (0.5 / Step);
                Vector3 angular = Matrix3.RotationVector(a.Rotation * b.Rotation.Transpose) * (0.5 / Step);
                double[] expected = [linear.X, linear.Y, linear.Z, angular.X, angular.Y, angular.Z];
                for (int row = 0; row < 6; row++)
                {
                    Assert.Equal(expected[row], jacobian[row * N + j], 1e-8);
                }
            }
        }
    }

    private static void AssertSame(in Pose expected, in Pose actual, double tolerance)
    {
        Assert.True((expected.Translation - actual.Translation).Norm <= tolerance * 10, $"{expected.Translation} against {actual.Translation}");
        Assert.True(Matrix3.RotationAngle(expected.Rotation, actual.Rotation) <= tolerance, $"{expected.Rotation} against {actual.Rotation}");
    }
}
