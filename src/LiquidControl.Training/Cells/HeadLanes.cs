using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LiquidControl.Neural;

namespace LiquidControl.Training.Cells;

/// <summary>What a CfC's heads go through.</summary>
internal static class HeadLanes
{
    private const double LecunAmplitude = 1.7159;
    private const double LecunSlope = 0.666;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Apply<T>(HeadActivation activation, Vector256<T> x) where T : struct => activation switch
    {
        HeadActivation.Tanh => LaneFunctions.Tanh(x),
        HeadActivation.LecunTanh => Lanes.Constant<T>(LecunAmplitude) * LaneFunctions.Tanh(Lanes.Constant<T>(LecunSlope) * x),
        _ => x,
    };

    /// <summary>The derivative, from the function's value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Slope<T>(HeadActivation activation, Vector256<T> y) where T : struct => activation switch
    {
        HeadActivation.Tanh => Vector256<T>.One - (y * y),
        HeadActivation.LecunTanh =>
            Lanes.Constant<T>(LecunSlope * LecunAmplitude) - (Lanes.Constant<T>(LecunSlope / LecunAmplitude) * y * y),
        _ => Vector256<T>.One,
    };
}
