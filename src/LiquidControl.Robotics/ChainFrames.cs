namespace LiquidControl.Robotics;

/// <summary>Turns a model's joint frames into those of <see cref="ChainBody"/>.</summary>
internal sealed class ChainFrames
{
    /// <summary>Below this sine two axes count as parallel: what is neglected is less than the rounding of a rotation's entries.</summary>
    private const double Parallel = 1e-15;

    private ChainFrames(Matrix3 baseRotation, ChainBody[] bodies, Pose tool)
    {
        BaseRotation = baseRotation;
        Bodies = bodies;
        Tool = tool;
    }

    /// <summary>Axes of the frame that the first joint's twist starts from, in the base frame.</summary>
    public Matrix3 BaseRotation { get; }

    public ChainBody[] Bodies { get; }

    /// <summary>The tool in the last body's frame.</summary>
    public Pose Tool { get; }

    public static ChainFrames Of(Joint[] joints, BodyInertia[] bodies, double[] armature, in Pose tool)
    {
        int n = joints.Length;

        // Axes of frame i in joint i's own frame, the base's first. That of i is final once the next joint has told where its x points.
        Matrix3[] axes = [Matrix3.Identity, .. joints.Select(joint => AxisFrame(joint.Axis))];
        ChainBody[] chain = new ChainBody[n];
        for (int i = 0; i < n; i++)
        {
            Matrix3 placed = joints[i].Placement.Rotation * axes[i + 1];
            Matrix3 turn = CommonNormal(axes[i].Transpose * placed.Column3);
            axes[i] *= turn;
            Matrix3 rotation = axes[i].Transpose * placed;
            chain[i].CosTwist = rotation.M33;
            chain[i].SinTwist = -rotation.M23;
            chain[i].CosOffset = rotation.M11;
            chain[i].SinOffset = -rotation.M12;
            if (i > 0)
            {
                ref ChainBody before = ref chain[i - 1];
                (before.CosOffset, before.SinOffset) = (
                    before.CosOffset * turn.M11 - before.SinOffset * turn.M21, before.SinOffset * turn.M11 + before.CosOffset * turn.M21);
            }
        }

        for (int i = 0; i < n; i++)
        {
            Pose frame = new(axes[i + 1].Transpose, Vector3.Zero);
            BodyInertia body = bodies[i].SeenFrom(frame);
            ref ChainBody link = ref chain[i];
            link.Translation = Lanes.Of(axes[i].Transpose * joints[i].Placement.Translation);
            link.Axis = Lanes.Of(0, -link.SinTwist, link.CosTwist);
            link.IsPrismatic = joints[i].Type == JointType.Prismatic;
            Vector3 firstMoment = body.CenterOfMass * body.Mass;
            Matrix3 inertia = body.InertiaAbout(Vector3.Zero);
            link.Mass = body.Mass;
            link.FirstMoment = Lanes.Of(firstMoment);
            link.FirstMomentCross = LaneMatrix3.CrossOf(firstMoment);
            link.Inertia = new((inertia + inertia.Transpose) * 0.5);
            link.Armature = armature[i];
            link.BodyFrame = frame;
        }

        return new(axes[0], chain, new Pose(axes[n].Transpose, Vector3.Zero) * tool);
    }

    /// <summary>Axes of which z is the given unit vector; exact for the coordinate axes.</summary>
    private static Matrix3 AxisFrame(in Vector3 axis)
    {
        double x = Math.Abs(axis.X), y = Math.Abs(axis.Y), z = Math.Abs(axis.Z);
        Vector3 side = z >= x && z >= y ? Vector3.UnitY : x >= y ? Vector3.UnitZ : Vector3.UnitX;
        Vector3 first = Vector3.Cross(side, axis);
        first *= 1 / first.Norm;
        return Matrix3.FromColumns(first, Vector3.Cross(axis, first), axis);
    }

    /// <summary>The turn about z that makes x perpendicular to the next axis, seen from the frame before it.</summary>
    private static Matrix3 CommonNormal(in Vector3 nextAxis)
    {
        double sine = Math.Sqrt(nextAxis.X * nextAxis.X + nextAxis.Y * nextAxis.Y);
        if (sine < Parallel)
        {
            return Matrix3.Identity;
        }

        double c = -nextAxis.Y / sine, s = nextAxis.X / sine;
        return new(c, -s, 0, s, c, 0, 0, 0, 1);
    }
}
