using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>How the gate joins the heads.</summary>
internal interface IGate
{
    static abstract TVector Blend<TSimd, TVector>(TVector f1, TVector f2, TVector gate)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;
}

/// <summary>Mode default: f1 (1 - g) + g f2, as f1 + g (f2 - f1).</summary>
internal readonly struct Blended : IGate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Blend<TSimd, TVector>(TVector f1, TVector f2, TVector gate)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.MultiplyAdd(gate, TSimd.Subtract(f2, f1), f1);
}

/// <summary>Mode no_gate: f1 + g f2.</summary>
internal readonly struct Added : IGate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Blend<TSimd, TVector>(TVector f1, TVector f2, TVector gate)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.MultiplyAdd(gate, f2, f1);
}
