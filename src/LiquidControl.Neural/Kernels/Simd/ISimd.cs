namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The operations a float kernel is written in, on one vector type: each rounds once, by IEEE 754, so that every width gives the same bits.
/// </summary>
/// <remarks>Kernels are generic over these types; the compiler makes each path's code of the one source.</remarks>
internal unsafe interface ISimd<TVector> where TVector : unmanaged
{
    /// <summary>Numbers in a vector.</summary>
    static abstract int Width { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector value, float* destination);

    static abstract TVector Create(float value);

    /// <summary>a b + c, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    static abstract TVector Abs(TVector value);

    /// <summary>The smaller; NaN where the value is NaN.</summary>
    static abstract TVector AtMost(TVector bound, TVector value);

    /// <summary>The larger; NaN where the value is NaN.</summary>
    static abstract TVector AtLeast(TVector bound, TVector value);

    /// <summary>y 2^n, where the last bits of <paramref name="n"/>'s significand hold the integer n.</summary>
    static abstract TVector Scale(TVector y, TVector n);

    /// <summary>The numbers at these places of an array.</summary>
    static abstract TVector Gather(float* source, int* places);

    /// <summary>Whether every number's magnitude is at most its bound; false where one is NaN.</summary>
    static abstract bool IsWithin(TVector value, TVector bound);

    /// <summary>Whether no number is NaN.</summary>
    static abstract bool IsOrdered(TVector value);
}
