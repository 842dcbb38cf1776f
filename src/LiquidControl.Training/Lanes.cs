using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LiquidControl.Training;

/// <summary>
/// The training layout: every quantity of one unit is a row of <see cref="Count"/> lanes, one lane a sequence, so that the inner loops run
/// across sequences. Operations are explicit 256-bit ones with explicit fused multiply-adds: the same bits on every machine.
/// </summary>
internal static class Lanes
{
    /// <summary>Sequences side by side in one row.</summary>
    public const int Count = 16;

    /// <summary>
    /// Numbers from one step to the next of a record of so many rows: an odd number of cache lines, so that the steps that
    /// <see cref="LaneMatrix.AccumulateGradient"/> runs over do not all fall into the same sets of the cache.
    /// </summary>
    public static int Stride(int rows) => (rows | 1) * Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load<T>(ref T origin, int offset) where T : struct => Vector256.LoadUnsafe(ref origin, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector256<T> value, ref T origin, int offset) where T : struct =>
        value.StoreUnsafe(ref origin, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast<T>(ref T origin, int offset) where T : struct => Vector256.Create(Unsafe.Add(ref origin, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Constant<T>(double value) where T : struct =>
        typeof(T) == typeof(float) ? Vector256.Create((float)value).As<float, T>() : Vector256.Create(value).As<double, T>();

    /// <summary>a b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd<T>(Vector256<T> a, Vector256<T> b, Vector256<T> c) where T : struct =>
        typeof(T) == typeof(float)
            ? Vector256.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vector256.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    /// <summary>The sum of a vector's elements, halves added first: Vector256.Sum promises no order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum<T>(Vector256<T> value) where T : struct, INumber<T>
    {
        Vector128<T> half = value.GetLower() + value.GetUpper();
        return typeof(T) == typeof(float)
            ? (half.GetElement(0) + half.GetElement(2)) + (half.GetElement(1) + half.GetElement(3))
            : half.GetElement(0) + half.GetElement(1);
    }

    /// <summary>The first element of a row, for unchecked access inside a loop whose bounds were checked at its head.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Origin<T>(ReadOnlySpan<T> rows, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, count, nameof(rows));
        return ref MemoryMarshal.GetReference(rows);
    }

    /// <summary>values ⊙= factors.</summary>
    public static void Multiply<T>(Span<T> values, ReadOnlySpan<T> factors) where T : struct
    {
        ref T value = ref Origin<T>(values, values.Length);
        ref T factor = ref Origin(factors, values.Length);
        for (int i = 0; i < values.Length; i += Vector256<T>.Count)
            Store(Load(ref value, i) * Load(ref factor, i), ref value, i);
    }

    /// <summary>sums += terms, for as many as there are sums.</summary>
    public static void Add<T>(Span<T> sums, ReadOnlySpan<T> terms) where T : struct
    {
        ref T sum = ref Origin<T>(sums, sums.Length);
        ref T term = ref Origin(terms, sums.Length);
        for (int i = 0; i < sums.Length; i += Vector256<T>.Count)
            Store(Load(ref sum, i) + Load(ref term, i), ref sum, i);
    }

    /// <summary>The sum of one row's lanes.</summary>
    public static T RowSum<T>(ReadOnlySpan<T> rows, int row) where T : struct, INumber<T>
    {
        ref T lanes = ref Origin(rows, (row + 1) * Count);
        Vector256<T> sum = Vector256<T>.Zero;
        for (int lane = 0; lane < Count; lane += Vector256<T>.Count)
            sum += Load(ref lanes, (row * Count) + lane);
        return Sum(sum);
    }
}
