using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiquidControl.Neural.Kernels;

/// <summary>Eight numbers: AVX2.</summary>
internal readonly unsafe struct Int16Simd256 : IInt16Simd<Vector256<int>>
{
    public static int Width => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(int* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Scaled(float* numbers, float* factors, float limit)
    {
        Vector256<float> product = Vector256.Load(numbers) * Vector256.Load(factors);
        product = Vector256.MinNative(Vector256.MaxNative(product, Vector256.Create(-limit)), Vector256.Create(limit));
        return Avx.ConvertToVector256Int32(product);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Create(int value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> a, Vector256<int> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Subtract(Vector256<int> a, Vector256<int> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> And(Vector256<int> a, Vector256<int> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Or(Vector256<int> a, Vector256<int> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Abs(Vector256<int> value) => Vector256.Abs(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> CopySign(Vector256<int> magnitude, Vector256<int> sign) => Avx2.Sign(magnitude, sign);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Min(Vector256<int> a, Vector256<int> b) => Vector256.Min(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Max(Vector256<int> a, Vector256<int> b) => Vector256.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ShiftLeft(Vector256<int> value, int bits) => value << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ShiftRight(Vector256<int> value, int bits) => value >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ShiftRightLogical(Vector256<int> value, int bits) => value >>> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Count(int bits) => Vector256.Create(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ShiftLeftBy(Vector256<int> value, Vector256<int> count) =>
        Avx2.ShiftLeftLogicalVariable(value, count.AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ShiftRightBy(Vector256<int> value, Vector256<int> count) =>
        Avx2.ShiftRightArithmeticVariable(value, count.AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyHigh(Vector256<int> a, Vector256<int> b)
    {
        Vector256<long> even = Avx2.Multiply(a, b);
        Vector256<long> odd = Avx2.Multiply((a.AsInt64() >>> 32).AsInt32(), (b.AsInt64() >>> 32).AsInt32());
        return Avx2.Blend((even >>> 32).AsInt32(), odd.AsInt32(), 0b1010_1010);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplySmall(Vector256<int> a, Vector256<int> b) => Avx2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> PairSum(short* w, Vector256<int> z) => Avx2.MultiplyAddAdjacent(z.AsInt16(), Vector256.Load(w));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Pair(short* z) => Vector256.Create(*(int*)z);

    /// <summary>Load by load: on Zen 3 the gather instruction takes twice as long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Lookup(int* table, Vector256<int> index) =>
        Vector256.Create(Int16Simd128.Lookup(table, index.GetLower()), Int16Simd128.Lookup(table, index.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> value, int* destination) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSaturated(Vector256<int> value, short* destination) =>
        Vector128.NarrowWithSaturation(value.GetLower(), value.GetUpper()).Store(destination);
}
