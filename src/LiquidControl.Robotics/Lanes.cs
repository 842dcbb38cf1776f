global using LaneVector3 = System.Runtime.Intrinsics.Vector256<double>;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiquidControl.Robotics;

/// <summary>
/// A vector in three of a register's four lanes: sums and multiples take one instruction where the processor has such registers. The same
/// operations in the same order, and so the same bits, where it has not. The fourth lane is zero.
/// </summary>
internal static class Lanes
{
    extension(LaneVector3 v)
    {
        public double X
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => v.GetLower().ToScalar();
        }

        public double Y
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => v.GetLower().GetElement(1);
        }

        public double Z
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => v.GetUpper().ToScalar();
        }

        /// <summary>(y, z, x).</summary>
        private LaneVector3 Cycled
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector256.IsHardwareAccelerated ? Vector256.Shuffle(v, Vector256.Create(1L, 2, 0, 3)) : Of(v.Y, v.Z, v.X);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector3 Of(double x, double y, double z) => Vector256.Create(Vector128.Create(x, y), Vector128.CreateScalar(z));

    public static LaneVector3 Of(in Vector3 v) => Of(v.X, v.Y, v.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector3 Cross(LaneVector3 a, LaneVector3 b) => (a * b.Cycled - a.Cycled * b).Cycled;

    /// <summary>The components are summed in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Dot(LaneVector3 a, LaneVector3 b)
    {
        LaneVector3 products = a * b;
        return products.X + products.Y + products.Z;
    }
}
