using System.Runtime.CompilerServices;

namespace LiquidControl.Robotics;

/// <summary>A symmetric 3x3 matrix: six numbers.</summary>
internal struct SymmetricMatrix3
{
    public double Xx, Xy, Xz, Yy, Yz, Zz;

    public readonly Vector3 ColumnZ => new(Xz, Yz, Zz);

    public static SymmetricMatrix3 From(in Matrix3 m) => new()
    {
        Xx = m.M11,
        Xy = 0.5 * (m.M12 + m.M21),
        Xz = 0.5 * (m.M13 + m.M31),
        Yy = m.M22,
        Yz = 0.5 * (m.M23 + m.M32),
        Zz = m.M33,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 operator *(in SymmetricMatrix3 m, in Vector3 v) => new(
        m.Xx * v.X + m.Xy * v.Y + m.Xz * v.Z,
        m.Xy * v.X + m.Yy * v.Y + m.Yz * v.Z,
        m.Xz * v.X + m.Yz * v.Y + m.Zz * v.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SymmetricMatrix3 operator +(in SymmetricMatrix3 a, in SymmetricMatrix3 b) => new()
    {
        Xx = a.Xx + b.Xx,
        Xy = a.Xy + b.Xy,
        Xz = a.Xz + b.Xz,
        Yy = a.Yy + b.Yy,
        Yz = a.Yz + b.Yz,
        Zz = a.Zz + b.Zz,
    };

    /// <summary>m - a bᵀ where b is a multiple of a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SymmetricMatrix3 MinusOuter(in SymmetricMatrix3 m, in Vector3 a, in Vector3 b) => new()
    {
        Xx = m.Xx - a.X * b.X,
        Xy = m.Xy - a.X * b.Y,
        Xz = m.Xz - a.X * b.Z,
        Yy = m.Yy - a.Y * b.Y,
        Yz = m.Yz - a.Y * b.Z,
        Zz = m.Zz - a.Z * b.Z,
    };
}
