using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LiquidControl.Robotics;

/// <summary>A 3x3 matrix as its three columns.</summary>
internal struct LaneMatrix3(LaneVector3 x, LaneVector3 y, LaneVector3 z)
{
    public LaneVector3 X = x, Y = y, Z = z;

    public LaneMatrix3(in Matrix3 m)
        : this(Lanes.Of(m.Column1), Lanes.Of(m.Column2), Lanes.Of(m.Column3))
    {
    }

    public readonly LaneMatrix3 Transpose
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (!Avx.IsSupported)
            {
                return new(Lanes.Of(X.X, Y.X, Z.X), Lanes.Of(X.Y, Y.Y, Z.Y), Lanes.Of(X.Z, Y.Z, Z.Z));
            }

            LaneVector3 xz = Avx.UnpackLow(X, Y), y = Avx.UnpackHigh(X, Y);
            LaneVector3 lastXz = Avx.UnpackLow(Z, LaneVector3.Zero), lastY = Avx.UnpackHigh(Z, LaneVector3.Zero);
            return new(
                Avx.Permute2x128(xz, lastXz, 0x20), Avx.Permute2x128(y, lastY, 0x20), Avx.Permute2x128(xz, lastXz, 0x31));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector3 operator *(in LaneMatrix3 m, LaneVector3 v) => m.X * v.X + m.Y * v.Y + m.Z * v.Z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneMatrix3 operator +(in LaneMatrix3 a, in LaneMatrix3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneMatrix3 operator -(in LaneMatrix3 a, in LaneMatrix3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneMatrix3 operator *(in LaneMatrix3 m, double scale) => new(m.X * scale, m.Y * scale, m.Z * scale);

    /// <summary>s times the identity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneMatrix3 Diagonal(double s) => new(Lanes.Of(s, 0, 0), Lanes.Of(0, s, 0), Lanes.Of(0, 0, s));

    /// <summary>v×: the matrix that takes a to v × a.</summary>
    public static LaneMatrix3 CrossOf(in Vector3 v) => new(Lanes.Of(0, v.Z, -v.Y), Lanes.Of(-v.Z, 0, v.X), Lanes.Of(v.Y, -v.X, 0));

    /// <summary>a bᵀ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneMatrix3 Outer(LaneVector3 a, LaneVector3 b) => new(a * b.X, a * b.Y, a * b.Z);

    /// <summary>m v×.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneMatrix3 Cross(in LaneMatrix3 m, LaneVector3 v)
    {
        double x = v.X, y = v.Y, z = v.Z;
        return new(m.Y * z - m.Z * y, m.Z * x - m.X * z, m.X * y - m.Y * x);
    }
}
