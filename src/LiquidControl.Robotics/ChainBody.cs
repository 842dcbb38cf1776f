using System.Runtime.CompilerServices;

namespace LiquidControl.Robotics;

/// <summary>
/// One joint and the body it moves, in the frames the recursions work in: z is the joint's axis, and x is turned about it, once, when the
/// model is built, such that only a twist about x leads to the next axis (see <see cref="JointRotation"/>). Origins stay the joints' own.
/// </summary>
internal struct ChainBody
{
    /// <summary>Angle about x from the axis before to this one.</summary>
    public double CosTwist;
    public double SinTwist;

    /// <summary>Angle about z at coordinate zero.</summary>
    public double CosOffset;
    public double SinOffset;

    /// <summary>Origin in the frame before at coordinate zero.</summary>
    public LaneVector3 Translation;

    /// <summary>The joint's axis in the frame before.</summary>
    public LaneVector3 Axis;
    public bool IsPrismatic;

    public double Mass;

    /// <summary>Mass times centre of mass, kg·m.</summary>
    public LaneVector3 FirstMoment;

    /// <summary>The matrix that takes the cross product with it.</summary>
    public LaneMatrix3 FirstMomentCross;

    /// <summary>About the frame's origin, kg·m².</summary>
    public LaneMatrix3 Inertia;
    public double Armature;

    /// <summary>The body's own frame, as the model states it, in this one.</summary>
    public Pose BodyFrame;

    /// <summary>Rotation to the frame before, of the sine and cosine of the joint's coordinate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly JointRotation RotationAt(double sin, double cos) => IsPrismatic
        ? new(CosTwist, SinTwist, CosOffset, SinOffset)
        : new(CosTwist, SinTwist, cos * CosOffset - sin * SinOffset, sin * CosOffset + cos * SinOffset);

    /// <summary>Origin in the frame before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly LaneVector3 TranslationAt(double q) => IsPrismatic ? Translation + Axis * q : Translation;
}
