namespace LiquidControl.Neural.Kernels;

/// <summary>
/// A CfC cell in mode pure, A (1 - exp(-dt (|w_tau| + |u|)) u), <see cref="Cfc{T}"/>: rows u/2, so that the exponential's argument is twice
/// the table's. A factor a unit, A over the state's full scale, ends it.
/// </summary>
internal sealed unsafe class Int32PureStage(
    Int32Layer layer, Int32Table decay, double[] rates, double[] factors, int destination, KernelPath path, FixedPointLayout layout)
    : Int32Stage(layer, path, layout)
{
    private const double LargestRate = 512.0;
    private const int FactorBits = 28;

    // A remainder of (1 - e u)/2 is times 2^26.
    private const int LostBits = FactorBits + Int32Table.ArgumentBits - 1 - Int32Layer.FullScaleBits;

    private readonly long[] _rates =
        [.. rates.Select(rate => (long)Math.Round(0.5 * Math.Min(rate, LargestRate) * (1L << Int32Table.ArgumentBits)))];

    private readonly long[] _factors = [.. factors.Select(factor => (long)Math.Round(factor * (1L << FactorBits)))];

    protected override void Finish(byte* memory, long* sums, in FixedTimespan timespan)
    {
        int* state = (int*)(memory + destination);
        for (int i = 0; i < Layer.Rows; i++)
        {
            long value = Layer.Value(sums, i);
            long left = Int32Table.One - decay.AtPositive(TimesTimespan(Math.Abs(value) + _rates[i], timespan));
            long remainder = (1L << (Int32Table.ArgumentBits - 1)) - Product(left, value, Int32Table.ValueBits);
            state[i] = Limited(Product(remainder, _factors[i], LostBits));
        }
    }
}
