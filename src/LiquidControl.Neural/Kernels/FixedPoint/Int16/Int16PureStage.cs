namespace LiquidControl.Neural.Kernels;

/// <summary>
/// A CfC cell in mode pure, A (1 - exp(-dt (|w_tau| + |u|)) u), <see cref="Cfc{T}"/>: rows u/2, so that the exponential's argument is twice
/// the table's. A factor a unit, A over the state's full scale, ends it.
/// </summary>
internal sealed unsafe class Int16PureStage<TSimd, TVector> : Int16Stage<TSimd, TVector>
    where TSimd : struct, IInt16Simd<TVector>
    where TVector : unmanaged
{
    private const int MostRaise = 9;
    private const int MostGuardBits = 3;

    private readonly Int16Table _decay;
    private readonly AlignedBuffer<int> _rate;
    private readonly AlignedBuffer<int> _factor;
    private readonly int _raise;
    private readonly int _guardBits = MostGuardBits;
    private readonly int _destination;

    /// <param name="layer">Whose values are u/2.</param>
    /// <param name="decay">1 - exp(-2 x).</param>
    /// <param name="largest">The largest magnitude of u/2.</param>
    /// <param name="rates">|w_tau|, one a unit.</param>
    /// <param name="factors">A over the full scale of the state, one a unit.</param>
    /// <param name="destination">Where the new state goes.</param>
    /// <param name="layout">The layout of a state.</param>
    public Int16PureStage(Int16Layer layer, Int16Table decay, double largest, ReadOnlySpan<double> rates, ReadOnlySpan<double> factors,
        int destination, FixedPointLayout layout)
        : base(layer, layout)
    {
        _decay = decay;
        _destination = destination;
        while (_raise < MostRaise && largest * (1L << (Int16Table.ArgumentBits + _raise + 1)) < 1 << 29) _raise++;
        double most = 0.0;
        foreach (double factor in factors) most = Math.Max(most, Math.Abs(factor));
        while (_guardBits > 0 && most * One > int.MaxValue) _guardBits--;
        _rate = new AlignedBuffer<int>(layer.PaddedRows + Int16Layer.SmallestBlock);
        _factor = new AlignedBuffer<int>(layer.PaddedRows + Int16Layer.SmallestBlock);
        for (int unit = 0; unit < rates.Length; unit++)
        {
            _rate.Span[unit] = (int)Math.Min(Math.Round(0.5 * rates[unit] * (1 << Int16Table.ArgumentBits)), 1 << 29);
            _factor.Span[unit] = (int)Math.Clamp(Math.Round(factors[unit] * One), -int.MaxValue, int.MaxValue);
        }
    }

    /// <summary>What a factor of 1 is: (1 - e u)/2 is times 2^(18 + raise).</summary>
    private double One => 1L << (Int16Scaling.FullScaleBits + _guardBits + 32 + 1 - Int16Table.ValueBits - _raise);

    protected override void Finish(byte* memory, int* sums, in FixedTimespan timespan)
    {
        short* state = (short*)(memory + _destination);
        int* multiplier = Layer.Multiplier;
        int* table = _decay.Entries;
        TVector lift = TSimd.Count(Layer.Lift);
        TVector raise = TSimd.Count(_raise);
        TVector half = TSimd.Create(1 << (Int16Table.ValueBits - 1 + _raise));
        TVector guard = TSimd.Count(_guardBits);
        TVector rounding = TSimd.Create(1 << _guardBits >> 1);
        Int16Timespan<TVector> elapsed = Int16Timespan<TVector>.Of<TSimd>(timespan);
        for (int i = 0; i < Layer.Rows; i += TSimd.Width)
        {
            TVector value = Value(sums + i, multiplier + i, lift);
            TVector rate = TSimd.Add(TSimd.Abs(value), TSimd.Load(_rate.Pointer + i));
            TVector gone = Int16Functions<TSimd, TVector>.AtPositive(table, Int16Functions<TSimd, TVector>.TimesTimespan(rate, elapsed));
            TVector left = TSimd.ShiftLeft(TSimd.Subtract(TSimd.Create(1 << Int16Table.ValueBits), gone), 30 - Int16Table.ValueBits);
            TVector remainder = TSimd.Subtract(half, TSimd.MultiplyHigh(left, TSimd.ShiftLeftBy(value, raise)));
            TVector scaled = TSimd.MultiplyHigh(remainder, TSimd.Load(_factor.Pointer + i));
            TSimd.StoreSaturated(TSimd.ShiftRightBy(TSimd.Add(scaled, rounding), guard), state + i);
        }
    }
}
