using System.Runtime.CompilerServices;

namespace LiquidControl.Robotics;

/// <summary>A 3x3 matrix as three columns of lanes: times a vector it is three scaled columns, times a matrix nine.</summary>
internal struct LaneMatrix3(LaneVector3 x, LaneVector3 y, LaneVector3 z)
{
    public LaneVector3 X = x, Y = y, Z = z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector3 operator *(in LaneMatrix3 m, LaneVector3 v) => m.X * v.X + m.Y * v.Y + m.Z * v.Z;
}
