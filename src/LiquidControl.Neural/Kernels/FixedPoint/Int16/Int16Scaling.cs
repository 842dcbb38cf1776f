namespace LiquidControl.Neural.Kernels;

/// <summary>
/// How the real numbers of a layer become 16-bit weights and 32-bit sums: a scale a row, so that its weights take the whole range, and the
/// least shift of the products with which no sum can overflow.
/// </summary>
internal sealed class Int16Scaling
{
    public const int FullScaleBits = 15;

    /// <summary>Products that are added before they are shifted.</summary>
    public const int Quad = 4;

    private const double LargestWeight = short.MaxValue;

    /// <summary>
    /// The largest sum of the four weights' magnitudes with which four products cannot overflow, less what rounding may add.
    /// </summary>
    private const double LargestQuad = 65_533.0;

    // A little below 2^31: the weights' rounding may add to what the range analysis found.
    private const double LargestSum = 2.1e9;

    /// <summary>
    /// With more, the shift would lose as much as the rounding of the weights does; rows that need more get a smaller scale.
    /// </summary>
    private const int MostShift = 14;

    /// <summary>A value of this magnitude would leave the 32 bits that stages compute in.</summary>
    private const double LargestValue = 512.0;

    private readonly double[] _rowScale;

    /// <exception cref="ModelFormatException">A row's range leaves what can be computed.</exception>
    public Int16Scaling(FixedLayer layer)
    {
        if (!(layer.LargestBound() < LargestValue)) throw layer.Overflow(LargestValue);
        (FirstReserve, SecondReserve) = ChooseReserves(layer);
        _rowScale = new double[layer.Rows];
        for (Shift = Math.Max(FirstReserve, SecondReserve); Shift < MostShift && !AllFit(layer); Shift++)
        {
        }

        for (int row = 0; row < layer.Rows; row++) _rowScale[row] = Math.Min(WeightLimit(layer, row), SumLimit(layer, row));
    }

    /// <summary>Bits by which the first part's weights are kept smaller, and its products shifted less.</summary>
    public int FirstReserve { get; }

    /// <summary>The same of the second part; one of the two is 0.</summary>
    public int SecondReserve { get; }

    /// <summary>Bits that a sum has less than its products, where there is no reserve.</summary>
    public int Shift { get; }

    /// <summary>What a real weight is multiplied with, but for the reserve.</summary>
    public double RowScale(int row) => _rowScale[row];

    /// <summary>The real value of a sum of 1.</summary>
    public double Step(int row) => (1 << Shift) / (_rowScale[row] * (1 << FullScaleBits));

    private bool AllFit(FixedLayer layer)
    {
        for (int row = 0; row < layer.Rows; row++)
        {
            double limit = WeightLimit(layer, row);
            if (limit < double.MaxValue && limit > SumLimit(layer, row)) return false;
        }

        return true;
    }

    /// <summary>The scale with which a row's weights are as large as they may be; for a row without weights no limit.</summary>
    private double WeightLimit(FixedLayer layer, int row)
    {
        double limit = double.MaxValue;
        ReadOnlySpan<double> weights = layer.Weights(row);
        for (int column = 0; column < weights.Length; column += Quad)
        {
            double reserve = 1 << (column < layer.Source.First.Length ? FirstReserve : SecondReserve);
            double sum = 0.0;
            double largest = 0.0;
            foreach (double weight in weights.Slice(column, Quad))
            {
                sum += Math.Abs(weight);
                largest = Math.Max(largest, Math.Abs(weight));
            }

            if (sum > 0.0) limit = Math.Min(limit, reserve * Math.Min(LargestWeight / largest, LargestQuad / sum));
        }

        return limit;
    }

    /// <summary>
    /// The scale with which a row's largest sum just fits; for a row that is always 0 a large one, so that its factor is small.
    /// </summary>
    private double SumLimit(FixedLayer layer, int row)
    {
        double bound = layer.Bound(row);
        return bound > 0.0 ? LargestSum * (1 << Shift) / ((1 << FullScaleBits) * bound) : LargestSum;
    }

    /// <summary>The power of two by which one part's weights are larger than the other's.</summary>
    private static (int First, int Second) ChooseReserves(FixedLayer layer)
    {
        double first = 0.0;
        double second = 0.0;
        for (int row = 0; row < layer.Rows; row++)
        {
            (double rowFirst, double rowSecond) = LargestWeights(layer, row);
            first = Math.Max(first, rowFirst);
            second = Math.Max(second, rowSecond);
        }

        if (first == 0.0 || second == 0.0) return (0, 0);
        return first > second ? (Octaves(first / second), 0) : (0, Octaves(second / first));
    }

    private static int Octaves(double ratio) => Math.Min(Math.ILogB(ratio * Math.Sqrt(2.0)), MostShift);

    private static (double First, double Second) LargestWeights(FixedLayer layer, int row)
    {
        ReadOnlySpan<double> weights = layer.Weights(row);
        int split = layer.Source.First.Length;
        return (Largest(weights[..split]), Largest(weights[split..]));
    }

    private static double Largest(ReadOnlySpan<double> weights)
    {
        double largest = 0.0;
        foreach (double weight in weights) largest = Math.Max(largest, Math.Abs(weight));
        return largest;
    }
}
