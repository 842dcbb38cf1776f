using System.Runtime.CompilerServices;

namespace LiquidControl.Robotics;

/// <summary>A vector in three dimensions, or a point.</summary>
public readonly record struct Vector3(double X, double Y, double Z)
{
    public static Vector3 Zero => default;

    public static Vector3 UnitX => new(1, 0, 0);

    public static Vector3 UnitY => new(0, 1, 0);

    public static Vector3 UnitZ => new(0, 0, 1);

    public double NormSquared
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => X * X + Y * Y + Z * Z;
    }

    public double Norm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Math.Sqrt(NormSquared);
    }

    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 operator +(in Vector3 a, in Vector3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 operator -(in Vector3 a, in Vector3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 operator -(in Vector3 a) => new(-a.X, -a.Y, -a.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 operator *(in Vector3 a, double scale) => new(a.X * scale, a.Y * scale, a.Z * scale);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 operator *(double scale, in Vector3 a) => a * scale;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Dot(in Vector3 a, in Vector3 b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 Cross(in Vector3 a, in Vector3 b) => new(a.Y * b.Z - a.Z * b.Y, a.Z * b.X - a.X * b.Z, a.X * b.Y - a.Y * b.X);

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"({X}, {Y}, {Z})");
}
