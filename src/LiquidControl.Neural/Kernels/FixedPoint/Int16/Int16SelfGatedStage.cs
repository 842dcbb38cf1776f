namespace LiquidControl.Neural.Kernels;

/// <summary>
/// A backbone layer with silu or gelu: v (1 + T(v)), with v = x/2 and T = tanh, or v = x/√2 and T the error function. A factor a unit
/// brings its range to 1.
/// </summary>
internal sealed unsafe class Int16SelfGatedStage<TSimd, TVector> : Int16Stage<TSimd, TVector>
    where TSimd : struct, IInt16Simd<TVector>
    where TVector : unmanaged
{
    private const int OneBits = 29;
    private const int GuardBits = 3;

    private readonly Int16Table _table;
    private readonly AlignedBuffer<int> _factor;
    private readonly int _raise;
    private readonly int _destination;

    /// <param name="layer">Whose values are v.</param>
    /// <param name="table">T.</param>
    /// <param name="largest">The largest magnitude of v.</param>
    /// <param name="factors">What v (1 + T(v)) is multiplied with, one a unit.</param>
    /// <param name="destination">Where the activations go.</param>
    /// <param name="layout">The layout of a state.</param>
    public Int16SelfGatedStage(
        Int16Layer layer, Int16Table table, double largest, ReadOnlySpan<double> factors, int destination, FixedPointLayout layout)
        : base(layer, layout)
    {
        _table = table;
        _destination = destination;
        // As many bits as fit above the largest value.
        while (_raise < 30 && largest * (1L << (Int16Table.ArgumentBits + _raise + 1)) < 1 << 30) _raise++;
        double one = 1L << (Int16Scaling.FullScaleBits + GuardBits + 32 - (Int16Table.ArgumentBits + _raise + OneBits - 32));
        _factor = new AlignedBuffer<int>(layer.PaddedRows + Int16Layer.SmallestBlock);
        for (int unit = 0; unit < factors.Length; unit++)
        {
            _factor.Span[unit] = (int)Math.Min(Math.Round(factors[unit] * one), int.MaxValue);
        }
    }

    protected override void Finish(byte* memory, int* sums, in FixedTimespan timespan)
    {
        short* y = (short*)(memory + _destination);
        int* multiplier = Layer.Multiplier;
        int* table = _table.Entries;
        int* factor = _factor.Pointer;
        TVector lift = TSimd.Count(Layer.Lift);
        TVector raise = TSimd.Count(_raise);
        for (int i = 0; i < Layer.Rows; i += TSimd.Width)
        {
            TVector value = Value(sums + i, multiplier + i, lift);
            TVector open = TSimd.Add(Int16Functions<TSimd, TVector>.Odd(table, value), TSimd.Create(1 << Int16Table.ValueBits));
            TVector gated = TSimd.MultiplyHigh(TSimd.ShiftLeftBy(value, raise), TSimd.ShiftLeft(open, OneBits - Int16Table.ValueBits));
            TVector scaled = TSimd.MultiplyHigh(gated, TSimd.Load(factor + i));
            TSimd.StoreSaturated(Int16Functions<TSimd, TVector>.RoundedShift(scaled, GuardBits), y + i);
        }
    }
}
