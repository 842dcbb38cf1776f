using System.Runtime.CompilerServices;
using LiquidControl.Numerics;

namespace LiquidControl.Robotics;

/// <summary>A 3x3 matrix, row-major fields; rotations and inertia tensors.</summary>
public readonly record struct Matrix3(
    double M11, double M12, double M13, double M21, double M22, double M23, double M31, double M32, double M33)
{
    public static Matrix3 Identity => new(1, 0, 0, 0, 1, 0, 0, 0, 1);

    public Vector3 Column1 => new(M11, M21, M31);

    public Vector3 Column2 => new(M12, M22, M32);

    public Vector3 Column3 => new(M13, M23, M33);

    public double Trace => M11 + M22 + M33;

    public Matrix3 Transpose => new(M11, M21, M31, M12, M22, M32, M13, M23, M33);

    public bool IsFinite => Column1.IsFinite && Column2.IsFinite && Column3.IsFinite;

    public static Matrix3 FromColumns(in Vector3 a, in Vector3 b, in Vector3 c) => new(a.X, b.X, c.X, a.Y, b.Y, c.Y, a.Z, b.Z, c.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 operator *(in Matrix3 m, in Vector3 v) => new(
        m.M11 * v.X + m.M12 * v.Y + m.M13 * v.Z,
        m.M21 * v.X + m.M22 * v.Y + m.M23 * v.Z,
        m.M31 * v.X + m.M32 * v.Y + m.M33 * v.Z);

    public static Matrix3 operator *(in Matrix3 a, in Matrix3 b) => new(
        a.M11 * b.M11 + a.M12 * b.M21 + a.M13 * b.M31,
        a.M11 * b.M12 + a.M12 * b.M22 + a.M13 * b.M32,
        a.M11 * b.M13 + a.M12 * b.M23 + a.M13 * b.M33,
        a.M21 * b.M11 + a.M22 * b.M21 + a.M23 * b.M31,
        a.M21 * b.M12 + a.M22 * b.M22 + a.M23 * b.M32,
        a.M21 * b.M13 + a.M22 * b.M23 + a.M23 * b.M33,
        a.M31 * b.M11 + a.M32 * b.M21 + a.M33 * b.M31,
        a.M31 * b.M12 + a.M32 * b.M22 + a.M33 * b.M32,
        a.M31 * b.M13 + a.M32 * b.M23 + a.M33 * b.M33);

    public static Matrix3 operator *(in Matrix3 m, double s) => new(
        m.M11 * s, m.M12 * s, m.M13 * s, m.M21 * s, m.M22 * s, m.M23 * s, m.M31 * s, m.M32 * s, m.M33 * s);

    public static Matrix3 operator +(in Matrix3 a, in Matrix3 b) => new(
        a.M11 + b.M11, a.M12 + b.M12, a.M13 + b.M13,
        a.M21 + b.M21, a.M22 + b.M22, a.M23 + b.M23,
        a.M31 + b.M31, a.M32 + b.M32, a.M33 + b.M33);

    public static Matrix3 operator -(in Matrix3 a, in Matrix3 b) => a + b * -1.0;

    /// <summary>Transpose times vector: a parent's vector seen in the child's axes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 TransposeTimes(in Matrix3 m, in Vector3 v) => new(
        m.M11 * v.X + m.M21 * v.Y + m.M31 * v.Z,
        m.M12 * v.X + m.M22 * v.Y + m.M32 * v.Z,
        m.M13 * v.X + m.M23 * v.Y + m.M33 * v.Z);

    /// <summary>URDF's convention: Rz(yaw) Ry(pitch) Rx(roll), rad.</summary>
    public static Matrix3 FromRollPitchYaw(double roll, double pitch, double yaw)
    {
        Elementary.SinCos(roll, out double sr, out double cr);
        Elementary.SinCos(pitch, out double sp, out double cp);
        Elementary.SinCos(yaw, out double sy, out double cy);
        return new(
            cy * cp, cy * sp * sr - sy * cr, cy * sp * cr + sy * sr,
            sy * cp, sy * sp * sr + cy * cr, sy * sp * cr - cy * sr,
            -sp, cp * sr, cp * cr);
    }

    /// <summary>Rotation by an angle (rad) about a unit axis (Rodrigues).</summary>
    public static Matrix3 FromAxisAngle(in Vector3 axis, double angle)
    {
        Elementary.SinCos(angle, out double s, out double c);
        double t = 1 - c;
        (double x, double y, double z) = axis;
        return new(
            t * x * x + c, t * x * y - s * z, t * x * z + s * y,
            t * x * y + s * z, t * y * y + c, t * y * z - s * x,
            t * x * z - s * y, t * y * z + s * x, t * z * z + c);
    }

    /// <summary>
    /// The angle (rad, 0 to π) of the rotation that takes <paramref name="a"/> to <paramref name="b"/>: the orientation error.
    /// </summary>
    public static double RotationAngle(in Matrix3 a, in Matrix3 b) => RotationVector(b * a.Transpose).Norm;

    /// <summary>Axis times angle (rad, 0 to π) of a rotation matrix; accurate at both ends of the range.</summary>
    public static Vector3 RotationVector(in Matrix3 r)
    {
        Vector3 twiceSinAxis = new(r.M32 - r.M23, r.M13 - r.M31, r.M21 - r.M12);
        double twiceSin = twiceSinAxis.Norm;
        double twiceCos = r.Trace - 1;
        double angle = Elementary.Atan2(twiceSin, twiceCos);
        if (twiceCos > -1.9)
        {
            return twiceSin > 0 ? twiceSinAxis * (angle / twiceSin) : Vector3.Zero;
        }

        // Near a half turn the skew part vanishes and the symmetric part, 2 a aᵀ (1 - cos) / 2 + cos, carries the axis in its largest
        // column.
        Matrix3 outer = r + r.Transpose + Identity * -twiceCos;
        Vector3 column = outer.M11 >= outer.M22 && outer.M11 >= outer.M33 ? outer.Column1
            : outer.M22 >= outer.M33 ? outer.Column2 : outer.Column3;
        double sign = Vector3.Dot(column, twiceSinAxis) < 0 ? -1 : 1;
        return column * (sign * angle / column.Norm);
    }

    public override string ToString() => $"[{Transpose.Column1} {Transpose.Column2} {Transpose.Column3}]";
}
