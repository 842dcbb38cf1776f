using LiquidControl.Robotics;

namespace LiquidControl.Control.Tests;

/// <summary>A three-joint arm with round numbers: yaw, shoulder, elbow.</summary>
internal static class TestArm
{
    public static ArmDescription Create(double lag = 0.003, bool motors = false)
    {
        Matrix3 identity = Matrix3.Identity;
        Joint NewJoint(string name, Vector3 at, Vector3 axis) =>
            new(name, JointType.Revolute, new Pose(identity, at), axis, -2.5, 2.5, 2.0, 20.0);
        BodyInertia link = new(1.0, new Vector3(0, 0, 0.15), new Matrix3(0.01, 0, 0, 0, 0.01, 0, 0, 0, 0.002));
        var model = new RigidBodyModel(
            "test-arm",
            [
                NewJoint("yaw", new Vector3(0, 0, 0.1), new Vector3(0, 0, 1)),
                NewJoint("shoulder", new Vector3(0, 0, 0.1), new Vector3(0, 1, 0)),
                NewJoint("elbow", new Vector3(0, 0, 0.3), new Vector3(0, 1, 0)),
            ],
            [link, link, link],
            new Pose(identity, new Vector3(0, 0, 0.3)),
            [0.05, 0.05, 0.05]);
        return new ArmDescription
        {
            Name = "test-arm",
            Model = model,
            Limits = Fill(new JointLimits(-2.5, 2.5, 2.0, 8.0, 100.0, 20.0)),
            Friction = Fill(new JointFriction(0.3, 0.2, 1.3, 0.05)),
            Motors = motors ? Fill(new DcMotor(50, 0.8, 0.055, 0.45, 10, 3e-5)) : null,
            TorqueLag = lag,
            NominalSupply = 24.0,
            Encoders = Fill(new EncoderScale(16384, 0, 1)),
            ResidualBound = Fill(3.0),
            Workspace = new WorkspaceBox(new Vector3(-2, -2, -2), new Vector3(2, 2, 2)),
            Rate = 500.0,
            Poses = new Dictionary<string, double[]> { ["home"] = [0, 0, 0] },
        };
    }

    private static T[] Fill<T>(T value) => [value, value, value];
}
