using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LiquidControl.Neural;

namespace LiquidControl.Training.Cells;

/// <summary>What a CfC's heads go through.</summary>
internal static class HeadLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Apply<T>(HeadActivation activation, Vector256<T> x) where T : struct => activation switch
    {
        HeadActivation.Tanh => LaneFunctions.Tanh(x),
        HeadActivation.LecunTanh => Lanes.Constant<T>(LecunTanh.Amplitude) * LaneFunctions.Tanh(Lanes.Constant<T>(LecunTanh.Slope) * x),
        _ => x,
    };

    /// <summary>The derivative, from the function's value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Slope<T>(HeadActivation activation, Vector256<T> y) where T : struct => activation switch
    {
        HeadActivation.Tanh => Vector256<T>.One - (y * y),
        HeadActivation.LecunTanh =>
            Lanes.Constant<T>(LecunTanh.Slope * LecunTanh.Amplitude) - (Lanes.Constant<T>(LecunTanh.Slope / LecunTanh.Amplitude) * y * y),
        _ => Vector256<T>.One,
    };
}
