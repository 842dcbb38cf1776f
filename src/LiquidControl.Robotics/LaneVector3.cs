using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiquidControl.Robotics;

/// <summary>A vector in three of a register's four lanes, so that a processor with such registers adds or scales it at once.</summary>
internal readonly struct LaneVector3(Vector256<double> lanes)
{
    private readonly Vector256<double> _lanes = lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneVector3(double x, double y, double z)
        : this(Vector256.Create(x, y, z, 0))
    {
    }

    public static LaneVector3 Zero => default;

    public double X
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _lanes.GetLower().ToScalar();
    }

    public double Y
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _lanes.GetLower().GetElement(1);
    }

    public double Z
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _lanes.GetUpper().ToScalar();
    }

    /// <summary>(y, z, x).</summary>
    private Vector256<double> Cycled
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.IsHardwareAccelerated
            ? Vector256.Shuffle(_lanes, Vector256.Create(1L, 2, 0, 3))
            : Vector256.Create(Vector128.Create(Y, Z), Vector128.CreateScalar(X));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector3 Of(in Vector3 v) => new(v.X, v.Y, v.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector3 operator +(LaneVector3 a, LaneVector3 b) => new(a._lanes + b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector3 operator -(LaneVector3 a, LaneVector3 b) => new(a._lanes - b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector3 operator *(LaneVector3 a, double scale) => new(a._lanes * Vector256.Create(scale));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector3 Cross(LaneVector3 a, LaneVector3 b) =>
        new(new LaneVector3(a._lanes * b.Cycled - a.Cycled * b._lanes).Cycled);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector3 ToVector3() => new(X, Y, Z);
}
