using System.Runtime.Intrinsics;

namespace LiquidControl.Benchmarks.Kernel.Ode;

/// <summary>What <see cref="Vector256{T}"/> leaves to each kind of number.</summary>
internal unsafe interface ILanes<TNumber> where TNumber : unmanaged
{
    /// <summary>a b + c, rounded once.</summary>
    static abstract Vector256<TNumber> MultiplyAdd(Vector256<TNumber> a, Vector256<TNumber> b, Vector256<TNumber> c);

    /// <summary>The numbers at these places of an array.</summary>
    static abstract Vector256<TNumber> Gather(TNumber* source, int* places);

    static abstract Vector256<TNumber> Tanh(Vector256<TNumber> x);
}
