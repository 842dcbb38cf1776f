using LiquidControl.Numerics;

namespace LiquidControl.Robotics.Tests;

/// <summary>Serial chains and states drawn from a seed: arbitrary axes, both joint types, full inertia tensors.</summary>
internal static class RandomChains
{
    public static RigidBodyModel Draw(RandomStream random, int jointCount)
    {
        Joint[] joints = new Joint[jointCount];
        BodyInertia[] bodies = new BodyInertia[jointCount];
        double[] armature = new double[jointCount];
        for (int i = 0; i < jointCount; i++)
        {
            JointType type = random.NextDouble() < 0.25 ? JointType.Prismatic : JointType.Revolute;
            joints[i] = new Joint($"j{i}", type, DrawPose(random, 0.3), DrawAxis(random), -3, 3, 2, 10);
            bodies[i] = DrawBody(random);
            armature[i] = random.NextDouble() < 0.5 ? 0 : random.Uniform(0, 0.2);
        }

        Vector3 gravity = new(random.Uniform(-10, 10), random.Uniform(-10, 10), random.Uniform(-10, 10));
        return new RigidBodyModel("random", joints, bodies, DrawPose(random, 0.1), armature, gravity);
    }

    public static double[] Fill(RandomStream random, int count, double size)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = random.Uniform(-size, size);
        }

        return values;
    }

    public static Pose DrawPose(RandomStream random, double size) => new(
        Matrix3.FromAxisAngle(DrawDirection(random), random.Uniform(-3, 3)),
        new(random.Uniform(-size, size), random.Uniform(-size, size), random.Uniform(-size, size)));

    public static Vector3 DrawDirection(RandomStream random)
    {
        Vector3 v = new(random.Normal(), random.Normal(), random.Normal());
        return v * (1 / v.Norm);
    }

    /// <summary>Every fourth axis is a coordinate axis, as in most URDFs.</summary>
    private static Vector3 DrawAxis(RandomStream random) => random.NextInt(8) switch
    {
        0 => Vector3.UnitZ,
        1 => -Vector3.UnitX,
        _ => DrawDirection(random),
    };

    private static BodyInertia DrawBody(RandomStream random)
    {
        // A box of the drawn mass: its tensor obeys the triangle inequality.
        double mass = random.Uniform(0.05, 3);
        double x = random.Uniform(0.02, 0.2), y = random.Uniform(0.02, 0.2), z = random.Uniform(0.02, 0.2);
        Matrix3 box = new Matrix3(y * y + z * z, 0, 0, 0, x * x + z * z, 0, 0, 0, x * x + y * y) * (mass / 12);
        return new BodyInertia(mass, Vector3.Zero, box).SeenFrom(DrawPose(random, 0.15));
    }
}
