using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>What the int16 stages compute number by number. Arguments are times 2^20, values of a table times 2^18.</summary>
internal static unsafe class Int16Functions<TSimd, TVector>
    where TSimd : struct, IInt16Simd<TVector>
    where TVector : unmanaged
{
    /// <summary>The odd function of a table: f(|x|) with the sign of x, at its ends beyond 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Odd(int* table, TVector x) => TSimd.CopySign(AtPositive(table, TSimd.Abs(x)), x);

    /// <summary>The function of a table, at its end beyond 8.</summary>
    /// <param name="table">Its entries.</param>
    /// <param name="x">Not negative.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector AtPositive(int* table, TVector x)
    {
        x = TSimd.Min(x, TSimd.Create(Int16Table.LastArgument));
        TVector entry = TSimd.Lookup(table, TSimd.ShiftRight(x, Int16Table.PieceBits));
        TVector within = TSimd.And(x, TSimd.Create((1 << Int16Table.PieceBits) - 1));
        TVector rise = TSimd.MultiplySmall(TSimd.ShiftRightLogical(entry, Int16Table.ValueBits), within);
        TVector origin = TSimd.And(entry, TSimd.Create((1 << Int16Table.ValueBits) - 1));
        return TSimd.Add(origin, TSimd.ShiftRight(rise, Int16Table.PieceBits + 1));
    }

    /// <summary>x / 2^bits to the nearest, halves up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector RoundedShift(TVector x, int bits) => TSimd.ShiftRight(TSimd.Add(x, TSimd.Create(1 << (bits - 1))), bits);

    /// <summary>a b, where a is times 2^18 and at most 2, and b times 2^19 and from 0 to 1; the product is times 2^26.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Weigh(TVector a, TVector b) => TSimd.MultiplyHigh(TSimd.ShiftLeft(a, 10), TSimd.ShiftLeft(b, 11));

    /// <summary>The logistic function, times 2^19, of twice the argument.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid(int* tanh, TVector half) => TSimd.Add(Odd(tanh, half), TSimd.Create(1 << Int16Table.ValueBits));

    /// <summary>A rate times the timespan, within ±2^30.</summary>
    /// <param name="rate">Times 2^20, magnitude at most 2^29.</param>
    /// <param name="timespan">Of the step.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesTimespan(TVector rate, Int16Timespan<TVector> timespan)
    {
        TVector product = TSimd.MultiplyHigh(rate, timespan.Factor);
        product = TSimd.Min(TSimd.Max(product, timespan.Least), timespan.Most);
        return TSimd.ShiftLeftBy(product, timespan.Shift);
    }
}
