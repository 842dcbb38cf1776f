using System.Runtime.CompilerServices;

namespace LiquidControl.Robotics;

/// <summary>
/// The rotation between a joint's frame and the frame before it, R = Rx(twist) Rz(angle): Denavit and Hartenberg's two angles (1955; in
/// this order Craig 1986), of which the twist is the arm's and the angle the joint's.
/// </summary>
internal readonly struct JointRotation(double cosTwist, double sinTwist, double cos, double sin)
{
    public readonly double CosTwist = cosTwist, SinTwist = sinTwist, Cos = cos, Sin = sin;

    /// <summary>R: takes a vector of the joint's frame to the axes of the frame before.</summary>
    public LaneMatrix3 ToParent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(
            Lanes.Of(Cos, CosTwist * Sin, SinTwist * Sin),
            Lanes.Of(-Sin, CosTwist * Cos, SinTwist * Cos),
            Lanes.Of(0, -SinTwist, CosTwist));
    }

    /// <summary>Rᵀ: takes a vector of the frame before to the joint frame's axes.</summary>
    public LaneMatrix3 ToChild
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(
            Lanes.Of(Cos, -Sin, 0),
            Lanes.Of(CosTwist * Sin, CosTwist * Cos, -SinTwist),
            Lanes.Of(SinTwist * Sin, SinTwist * Cos, CosTwist));
    }

    /// <summary>
    /// R mᵀ Rᵀ: the transpose of a tensor of the joint's frame in the axes of the frame before. A symmetric one is its own transpose.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneMatrix3 ToParentTransposed(in LaneMatrix3 m) => TimesTransposed(TimesTransposed(in m).Transpose);

    /// <summary>m Rᵀ: the columns turn into each other, first by the angle, then by the twist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LaneMatrix3 TimesTransposed(in LaneMatrix3 m)
    {
        LaneVector3 y = m.X * Sin + m.Y * Cos;
        return new(m.X * Cos - m.Y * Sin, y * CosTwist - m.Z * SinTwist, y * SinTwist + m.Z * CosTwist);
    }
}
