using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>One number: what the vector types are held to, and what a processor without them runs.</summary>
internal readonly unsafe struct SimdScalar : ISimd<float>
{
    public static int Width => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(float* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float value, float* destination) => *destination = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Create(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c) => float.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float a, float b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float a, float b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float a, float b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Divide(float a, float b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Abs(float value) => float.Abs(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AtMost(float bound, float value) => bound < value ? bound : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AtLeast(float bound, float value) => bound > value ? bound : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Scale(float y, float n) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(y) + (BitConverter.SingleToInt32Bits(n) << 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Gather(float* source, int* places) => source[*places];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsWithin(float value, float bound) => float.Abs(value) <= bound;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdered(float value) => !float.IsNaN(value);
}
