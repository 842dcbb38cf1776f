using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LiquidControl.Neural.Kernels;

/// <summary>Four numbers: SSE4.1 on x64, NEON on arm64.</summary>
internal readonly unsafe struct Int16Simd128 : IInt16Simd<Vector128<int>>
{
    public static int Width => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load(int* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Scaled(float* numbers, float* factors, float limit)
    {
        Vector128<float> product = Vector128.Load(numbers) * Vector128.Load(factors);
        product = Vector128.MinNative(Vector128.MaxNative(product, Vector128.Create(-limit)), Vector128.Create(limit));
        return AdvSimd.IsSupported ? AdvSimd.ConvertToInt32RoundToEven(product) : Sse2.ConvertToVector128Int32(product);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Create(int value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(Vector128<int> a, Vector128<int> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Subtract(Vector128<int> a, Vector128<int> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> And(Vector128<int> a, Vector128<int> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Or(Vector128<int> a, Vector128<int> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Abs(Vector128<int> value) => Vector128.Abs(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> CopySign(Vector128<int> magnitude, Vector128<int> sign)
    {
        if (Ssse3.IsSupported) return Ssse3.Sign(magnitude, sign);
        Vector128<int> negative = sign >> 31;
        return (magnitude ^ negative) - negative;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Min(Vector128<int> a, Vector128<int> b) => Vector128.Min(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Max(Vector128<int> a, Vector128<int> b) => Vector128.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftLeft(Vector128<int> value, int bits) => value << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftRight(Vector128<int> value, int bits) => value >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftRightLogical(Vector128<int> value, int bits) => value >>> bits;

    /// <summary>x64 shifts by the number in the lowest place, arm64 place by place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Count(int bits) =>
        AdvSimd.IsSupported ? Vector128.Create(bits) : Vector128.CreateScalar(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftLeftBy(Vector128<int> value, Vector128<int> count) =>
        AdvSimd.IsSupported ? AdvSimd.ShiftArithmetic(value, count) : Sse2.ShiftLeftLogical(value, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftRightBy(Vector128<int> value, Vector128<int> count) =>
        AdvSimd.IsSupported ? AdvSimd.ShiftArithmetic(value, -count) : Sse2.ShiftRightArithmetic(value, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyHigh(Vector128<int> a, Vector128<int> b)
    {
        if (AdvSimd.Arm64.IsSupported)
        {
            Vector128<long> lower = AdvSimd.MultiplyWideningLower(a.GetLower(), b.GetLower());
            return AdvSimd.Arm64.UnzipOdd(lower.AsInt32(), AdvSimd.MultiplyWideningUpper(a, b).AsInt32());
        }

        Vector128<long> even = Sse41.Multiply(a, b);
        Vector128<long> odd = Sse41.Multiply((a.AsInt64() >>> 32).AsInt32(), (b.AsInt64() >>> 32).AsInt32());
        return Sse41.Blend((even >>> 32).AsInt16(), odd.AsInt16(), 0b1100_1100).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplySmall(Vector128<int> a, Vector128<int> b) =>
        AdvSimd.IsSupported ? a * b : Sse2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> PairSum(short* w, Vector128<int> z)
    {
        Vector128<short> weights = Vector128.Load(w);
        if (!AdvSimd.Arm64.IsSupported) return Sse2.MultiplyAddAdjacent(z.AsInt16(), weights);
        Vector128<int> lower = AdvSimd.MultiplyWideningLower(weights.GetLower(), z.AsInt16().GetLower());
        return AdvSimd.Arm64.AddPairwise(lower, AdvSimd.MultiplyWideningUpper(weights, z.AsInt16()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Pair(short* z) => Vector128.Create(*(int*)z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Lookup(int* table, Vector128<int> index)
    {
        ulong lower = index.AsUInt64().ToScalar();
        ulong upper = index.AsUInt64().GetElement(1);
        return Vector128.Create(table[(uint)lower], table[lower >> 32], table[(uint)upper], table[upper >> 32]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> value, int* destination) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSaturated(Vector128<int> value, short* destination) =>
        Vector128.NarrowWithSaturation(value, value).GetLower().Store(destination);
}
