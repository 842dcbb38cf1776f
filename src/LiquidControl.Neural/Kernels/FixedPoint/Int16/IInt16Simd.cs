namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The integer operations that an int16 kernel is written in, on one vector type of 32-bit numbers. Each is exact or says how it rounds, so
/// that every width gives the same bits; <see cref="Int16Scalar"/> is the definition.
/// </summary>
/// <remarks>Kernels are generic over these types; the compiler makes each path's code of the one source.</remarks>
internal unsafe interface IInt16Simd<TVector> where TVector : unmanaged
{
    /// <summary>Numbers in a vector.</summary>
    static abstract int Width { get; }

    static abstract TVector Load(int* source);

    /// <summary>
    /// Numbers times factors, each rounded once, kept within ± a limit below 2^31, then to the nearest integer, halves to even.
    /// </summary>
    static abstract TVector Scaled(float* numbers, float* factors, float limit);

    static abstract TVector Create(int value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector And(TVector a, TVector b);

    static abstract TVector Or(TVector a, TVector b);

    /// <summary>The magnitude, of numbers above -2^31.</summary>
    static abstract TVector Abs(TVector value);

    /// <summary>A magnitude, which is 0 where the sign's number is, with that number's sign.</summary>
    static abstract TVector CopySign(TVector magnitude, TVector sign);

    static abstract TVector Min(TVector a, TVector b);

    static abstract TVector Max(TVector a, TVector b);

    /// <summary>By a constant.</summary>
    static abstract TVector ShiftLeft(TVector value, int bits);

    /// <summary>By a constant, rounded towards minus infinity.</summary>
    static abstract TVector ShiftRight(TVector value, int bits);

    /// <summary>By a constant, as numbers without a sign.</summary>
    static abstract TVector ShiftRightLogical(TVector value, int bits);

    /// <summary>What the shifts by a count that is not a constant take.</summary>
    static abstract TVector Count(int bits);

    static abstract TVector ShiftLeftBy(TVector value, TVector count);

    /// <summary>Rounded towards minus infinity.</summary>
    static abstract TVector ShiftRightBy(TVector value, TVector count);

    /// <summary>The upper half of the 64-bit product, rounded towards minus infinity: a b / 2^32.</summary>
    static abstract TVector MultiplyHigh(TVector a, TVector b);

    /// <summary>The product of numbers from 0 to 2^15 - 1.</summary>
    static abstract TVector MultiplySmall(TVector a, TVector b);

    /// <summary>
    /// Row by row w0 z0 + w1 z1, of the pairs of weights at <paramref name="w"/> and the one pair at <paramref name="z"/>.
    /// </summary>
    static abstract TVector PairSum(short* w, TVector z);

    /// <summary>One pair of activations, for every row.</summary>
    static abstract TVector Pair(short* z);

    /// <summary>The entries at these indices.</summary>
    static abstract TVector Lookup(int* table, TVector index);

    static abstract void Store(TVector value, int* destination);

    /// <summary>As 16-bit numbers, those beyond their range at its ends.</summary>
    static abstract void StoreSaturated(TVector value, short* destination);
}
