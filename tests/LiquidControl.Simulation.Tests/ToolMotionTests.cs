using LiquidControl.Control;
using LiquidControl.Numerics;
using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Simulation.Tests;

public class ToolMotionTests
{
    /// <summary>Against second differences of the tool's pose along q(t) = q + qd t + qdd t²/2.</summary>
    [Theory]
    [InlineData("ar4-dc")]
    [InlineData("ur5e")]
    public void Specific_force_and_rate_are_the_pose_s_own_derivatives(string name)
    {
        ArmDescription arm = name == "ur5e" ? TestArms.Ur5e : TestArms.Ar4Dc;
        RigidBodyModel model = arm.Model;
        RigidBodyWorkspace workspace = new(model);
        ToolMotion motion = new(model);
        RandomStream random = new(21);
        double[] q = new double[6], qd = new double[6], qdd = new double[6], at = new double[6];
        const double h = 1e-4;
        for (int trial = 0; trial < 50; trial++)
        {
            for (int i = 0; i < 6; i++)
            {
                q[i] = random.Uniform(-2, 2);
                qd[i] = random.Uniform(-2, 2);
                qdd[i] = random.Uniform(-10, 10);
            }

            motion.Compute(q, qd, qdd);
            Pose before = At(-h), now = At(0), after = At(h);
            Vector3 acceleration = (after.Translation + before.Translation - now.Translation * 2) * (1 / (h * h));
            Vector3 force = Matrix3.TransposeTimes(now.Rotation, acceleration - model.Gravity);
            Vector3 rate = Matrix3.TransposeTimes(now.Rotation, Matrix3.RotationVector(after.Rotation * before.Rotation.Transpose) * (0.5 / h));
            Assert.InRange((force - motion.SpecificForce).Norm, 0, 1e-4);
            Assert.InRange((rate - motion.AngularRate).Norm, 0, 1e-4);
        }

        Pose At(double t)
        {
            for (int i = 0; i < 6; i++)
                at[i] = q[i] + t * (qd[i] + 0.5 * t * qdd[i]);
            return ForwardKinematics.Tool(model, workspace, at);
        }
    }
}
