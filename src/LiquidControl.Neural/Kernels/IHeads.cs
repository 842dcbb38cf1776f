using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>What the heads f1 and f2 go through; slopes are folded into their weights.</summary>
internal interface IHeads
{
    static abstract TVector Activate<TSimd, TVector>(TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;
}

internal readonly struct TanhHeads : IHeads
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Activate<TSimd, TVector>(TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => FloatFunctions<TSimd, TVector>.Tanh(sum);
}

internal readonly struct LecunHeads : IHeads
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Activate<TSimd, TVector>(TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Multiply(TSimd.Create((float)LecunTanh.Amplitude), FloatFunctions<TSimd, TVector>.Tanh(sum));
}

internal readonly struct IdentityHeads : IHeads
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Activate<TSimd, TVector>(TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => sum;
}
