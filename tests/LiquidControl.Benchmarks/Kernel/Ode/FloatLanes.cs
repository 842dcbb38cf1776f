using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Benchmarks.Kernel.Ode;

/// <summary>Eight numbers of 32 bits, with the kernels' own functions.</summary>
internal readonly unsafe struct FloatLanes : ILanes<float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Simd256.MultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gather(float* source, int* places) => Simd256.Gather(source, places);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x) => FloatFunctions<Simd256, Vector256<float>>.Tanh(x);
}
