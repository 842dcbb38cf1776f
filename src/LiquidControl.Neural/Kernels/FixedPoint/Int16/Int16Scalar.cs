using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>One number: what the vector types are held to, and what a processor without them runs.</summary>
internal readonly unsafe struct Int16Scalar : IInt16Simd<int>
{
    public static int Width => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Load(int* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Scaled(float* numbers, float* factors, float limit)
    {
        float product = *numbers * *factors;
        return (int)Math.Round(product < -limit ? -limit : product > limit ? limit : product);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Create(int value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Add(int a, int b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Subtract(int a, int b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int And(int a, int b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Or(int a, int b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Abs(int value) => value < 0 ? -value : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CopySign(int magnitude, int sign) => sign < 0 ? -magnitude : magnitude;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Min(int a, int b) => a < b ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Max(int a, int b) => a > b ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ShiftLeft(int value, int bits) => value << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ShiftRight(int value, int bits) => value >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ShiftRightLogical(int value, int bits) => value >>> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(int bits) => bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ShiftLeftBy(int value, int count) => value << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ShiftRightBy(int value, int count) => value >> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MultiplyHigh(int a, int b) => (int)((long)a * b >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MultiplySmall(int a, int b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PairSum(short* w, int z) => w[0] * (short)z + w[1] * (z >> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Pair(short* z) => z[1] << 16 | (ushort)z[0];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Lookup(int* table, int index) => table[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int value, int* destination) => *destination = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSaturated(int value, short* destination) =>
        *destination = (short)Min(Max(value, short.MinValue), short.MaxValue);
}
