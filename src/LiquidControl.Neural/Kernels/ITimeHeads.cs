using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>How the gate's argument comes of the time heads.</summary>
internal interface ITimeHeads
{
    /// <summary>Heads of a cell, f1 and f2 included.</summary>
    static abstract int Heads { get; }

    /// <summary>The argument of the gate's sigmoid, halved, from the sums of the time heads.</summary>
    static abstract unsafe TVector Sum<TSimd, TVector>(float* sums, int stride, TVector timespan)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;
}

/// <summary>a dt + b.</summary>
internal readonly struct TwoTimeHeads : ITimeHeads
{
    public static int Heads => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe TVector Sum<TSimd, TVector>(float* sums, int stride, TVector timespan)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.MultiplyAdd(TSimd.Load(sums), timespan, TSimd.Load(sums + stride));
}

/// <summary>The constant timespan is in the weights.</summary>
internal readonly struct OneTimeHead : ITimeHeads
{
    public static int Heads => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe TVector Sum<TSimd, TVector>(float* sums, int stride, TVector timespan)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Load(sums);
}
