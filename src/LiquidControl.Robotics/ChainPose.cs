using System.Runtime.CompilerServices;

namespace LiquidControl.Robotics;

/// <summary>A frame of the chain in the base frame, its axes and its origin, on the way from base to tool.</summary>
internal struct ChainPose(in Matrix3 baseRotation)
{
    public LaneVector3 X = Lanes.Of(baseRotation.Column1);
    public LaneVector3 Y = Lanes.Of(baseRotation.Column2);
    public LaneVector3 Z = Lanes.Of(baseRotation.Column3);
    public LaneVector3 Origin = LaneVector3.Zero;

    /// <summary>Goes on to the next body's frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(in ChainBody body, double q, double sin, double cos)
    {
        LaneVector3 p = body.TranslationAt(q);
        JointRotation rotation = body.RotationAt(sin, cos);
        Origin += X * p.X + Y * p.Y + Z * p.Z;
        LaneVector3 y = Y * rotation.CosTwist + Z * rotation.SinTwist;
        Z = Z * rotation.CosTwist - Y * rotation.SinTwist;
        Y = y * rotation.Cos - X * rotation.Sin;
        X = X * rotation.Cos + y * rotation.Sin;
    }

    /// <summary>The pose of a frame fixed to this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Pose Times(in Pose fixedTo)
    {
        Matrix3 r = fixedTo.Rotation;
        Vector3 p = fixedTo.Translation;
        LaneVector3 x = X * r.M11 + Y * r.M21 + Z * r.M31;
        LaneVector3 y = X * r.M12 + Y * r.M22 + Z * r.M32;
        LaneVector3 z = X * r.M13 + Y * r.M23 + Z * r.M33;
        LaneVector3 origin = Origin + X * p.X + Y * p.Y + Z * p.Z;
        return new(new(x.X, y.X, z.X, x.Y, y.Y, z.Y, x.Z, y.Z, z.Z), new(origin.X, origin.Y, origin.Z));
    }
}
