using System.Runtime.CompilerServices;
using LiquidControl.Numerics;

namespace LiquidControl.Robotics;

/// <summary>
/// One joint and the body it moves, in the frames the recursions work in: each frame is the joint's own, turned once, when the model is
/// built, so that its z axis is the joint's axis. A joint then touches two rows or one component of everything instead of a general axis.
/// </summary>
internal struct ChainBody
{
    /// <summary>Rotation and translation from the frame before at coordinate zero.</summary>
    public Matrix3 Rotation;
    public Vector3 Translation;
    public bool IsPrismatic;

    public double Mass;

    /// <summary>Mass times centre of mass, kg·m.</summary>
    public Vector3 FirstMoment;

    /// <summary>About the frame's origin, kg·m².</summary>
    public SymmetricMatrix3 Inertia;
    public double Armature;

    /// <summary>The body's own frame, as the model states it, in this one.</summary>
    public Pose BodyFrame;

    public static ChainBody[] Build(Joint[] joints, BodyInertia[] bodies, double[] armature)
    {
        ChainBody[] chain = new ChainBody[joints.Length];
        Pose before = Pose.Identity;
        for (int i = 0; i < joints.Length; i++)
        {
            Pose axisFrame = AxisFrame(joints[i].Axis);
            Pose placement = before.Inverse * joints[i].Placement * axisFrame;
            BodyInertia body = bodies[i].SeenFrom(axisFrame.Inverse);
            chain[i] = new ChainBody
            {
                Rotation = placement.Rotation,
                Translation = placement.Translation,
                IsPrismatic = joints[i].Type == JointType.Prismatic,
                Mass = body.Mass,
                FirstMoment = body.CenterOfMass * body.Mass,
                Inertia = SymmetricMatrix3.From(body.InertiaAbout(Vector3.Zero)),
                Armature = armature[i],
                BodyFrame = axisFrame.Inverse,
            };
            before = axisFrame;
        }

        return chain;
    }

    /// <summary>A frame whose z axis is the given unit vector, in whose terms it is expressed; exact for the coordinate axes.</summary>
    public static Pose AxisFrame(in Vector3 axis)
    {
        double x = Math.Abs(axis.X), y = Math.Abs(axis.Y), z = Math.Abs(axis.Z);
        Vector3 side = z >= x && z >= y ? Vector3.UnitY : x >= y ? Vector3.UnitZ : Vector3.UnitX;
        Vector3 first = Vector3.Cross(side, axis);
        first *= 1 / first.Norm;
        return new(Matrix3.FromColumns(first, Vector3.Cross(axis, first), axis), Vector3.Zero);
    }

    /// <summary>Pose of this body's frame in the frame before it, at joint coordinate q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void PoseAt(double q, ref Matrix3 rotation, ref Vector3 translation)
    {
        if (IsPrismatic)
        {
            rotation = Rotation;
            translation = Translation + Rotation.Column3 * q;
            return;
        }

        Elementary.SinCos(q, out double s, out double c);
        rotation = new(
            c * Rotation.M11 + s * Rotation.M12, c * Rotation.M12 - s * Rotation.M11, Rotation.M13,
            c * Rotation.M21 + s * Rotation.M22, c * Rotation.M22 - s * Rotation.M21, Rotation.M23,
            c * Rotation.M31 + s * Rotation.M32, c * Rotation.M32 - s * Rotation.M31, Rotation.M33);
        translation = Translation;
    }
}
