using System.Runtime.CompilerServices;

namespace LiquidControl.Robotics;

/// <summary>A frame of the chain in the base frame, its axes and its origin, on the way from base to tool.</summary>
internal struct ChainPose(in Matrix3 baseRotation)
{
    public Vector3 X = baseRotation.Column1, Y = baseRotation.Column2, Z = baseRotation.Column3, Origin = Vector3.Zero;

    /// <summary>Goes on to the next body's frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(in ChainBody body, double q, double sin, double cos)
    {
        Vector3 p = body.TranslationAt(q);
        JointRotation rotation = body.RotationAt(sin, cos);
        Origin = Origin + X * p.X + Y * p.Y + Z * p.Z;
        Vector3 y = Y * rotation.CosTwist + Z * rotation.SinTwist;
        Z = Z * rotation.CosTwist - Y * rotation.SinTwist;
        Y = y * rotation.Cos - X * rotation.Sin;
        X = X * rotation.Cos + y * rotation.Sin;
    }

    public readonly Pose ToPose() => new(Matrix3.FromColumns(X, Y, Z), Origin);
}
