namespace LiquidControl.Numerics;

/// <summary>
/// A running 64-bit hash of the exact bits of numbers, in order: two runs agree in every bit exactly when their hashes do (up to chance,
/// 2^-64). 0.0 and -0.0 differ; every NaN counts as the same number, because its payload is not promised across machines.
/// </summary>
public struct StateHash
{
    public ulong Value { get; private set; }

    public void Add(double value) => Mix(double.IsNaN(value) ? 0x7FF8_0000_0000_0000 : BitConverter.DoubleToUInt64Bits(value));

    public void Add(float value) => Add((double)value);

    public void Add(long value) => Mix((ulong)value);

    public void Add(ulong value) => Mix(value);

    /// <summary>The same as adding each value in order.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values) Add(value);
    }

    /// <summary>The same as adding each value in order; a float counts as the double of the same value.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        foreach (float value in values) Add(value);
    }

    // The increment makes even zeros count; the finaliser is SplitMix64's, a bijection, so that no state forgets its past.
    private void Mix(ulong bits) => Value = SplitMix64.Mix((Value + SplitMix64.Increment) ^ bits);
}
