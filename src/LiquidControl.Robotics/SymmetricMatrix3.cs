using System.Runtime.CompilerServices;

namespace LiquidControl.Robotics;

/// <summary>A symmetric 3x3 matrix: six numbers.</summary>
internal struct SymmetricMatrix3
{
    public double Xx, Xy, Xz, Yy, Yz, Zz;

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

    /// <summary>R m Rᵀ: the same tensor in the parent's axes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rotate(in Matrix3 r, in SymmetricMatrix3 m, out SymmetricMatrix3 result)
    {
        double t11 = r.M11 * m.Xx + r.M12 * m.Xy + r.M13 * m.Xz;
        double t12 = r.M11 * m.Xy + r.M12 * m.Yy + r.M13 * m.Yz;
        double t13 = r.M11 * m.Xz + r.M12 * m.Yz + r.M13 * m.Zz;
        double t21 = r.M21 * m.Xx + r.M22 * m.Xy + r.M23 * m.Xz;
        double t22 = r.M21 * m.Xy + r.M22 * m.Yy + r.M23 * m.Yz;
        double t23 = r.M21 * m.Xz + r.M22 * m.Yz + r.M23 * m.Zz;
        double t31 = r.M31 * m.Xx + r.M32 * m.Xy + r.M33 * m.Xz;
        double t32 = r.M31 * m.Xy + r.M32 * m.Yy + r.M33 * m.Yz;
        double t33 = r.M31 * m.Xz + r.M32 * m.Yz + r.M33 * m.Zz;
        result.Xx = t11 * r.M11 + t12 * r.M12 + t13 * r.M13;
        result.Xy = t11 * r.M21 + t12 * r.M22 + t13 * r.M23;
        result.Xz = t11 * r.M31 + t12 * r.M32 + t13 * r.M33;
        result.Yy = t21 * r.M21 + t22 * r.M22 + t23 * r.M23;
        result.Yz = t21 * r.M31 + t22 * r.M32 + t23 * r.M33;
        result.Zz = t31 * r.M31 + t32 * r.M32 + t33 * r.M33;
    }
}
