namespace LiquidControl.Neural.Kernels;

/// <summary>
/// A layer in 32-bit weights and activations with 64-bit sums, which are exact. Each row has a power of two of its own, the largest with
/// which neither a weight nor a sum can overflow.
/// </summary>
internal sealed unsafe class Int32Layer
{
    /// <summary>Rows that are summed together.</summary>
    public const int Block = 8;

    public const int FullScaleBits = 28;

    /// <summary>Values of this magnitude would leave the 64 bits that stages compute in.</summary>
    private const double LargestValue = 1 << 20;

    private const int SumBits = 64;
    private const double LargestSum = 1L << (SumBits - 2);
    private const int MostWeightBits = 40;

    private readonly FixedLayer _layer;
    private readonly AlignedBuffer<int> _weights;
    private readonly AlignedBuffer<long> _bias;
    private readonly int[] _shift;

    /// <exception cref="ModelFormatException">A row's range leaves what can be computed.</exception>
    public Int32Layer(FixedLayer layer)
    {
        double largest = layer.LargestBound();
        if (!(largest < LargestValue)) throw layer.Overflow(LargestValue);
        _layer = layer;
        Rows = layer.Rows;
        Columns = layer.Source.Length;
        SourceOffset = layer.Source.Offset;
        PaddedRows = (layer.Rows + Block - 1) / Block * Block;
        _weights = new AlignedBuffer<int>(checked(PaddedRows * Columns));
        _bias = new AlignedBuffer<long>(PaddedRows);
        _shift = new int[Rows];
        double used = 1.0;
        for (int row = 0; row < Rows; row++)
        {
            int bits = WeightBits(row);
            Pack(row, bits);
            _shift[row] = bits + FullScaleBits - Int32Table.ArgumentBits;
            used = Math.Max(used, Math.ScaleB(layer.Bound(row), bits + FullScaleBits));
        }

        Report = new(layer.Tensor, Rows, largest, Step(Array.IndexOf(_shift, _shift.Min())), FixedPointLayerReport.Bits(used), SumBits);
    }

    public int Rows { get; }

    public int PaddedRows { get; }

    public int Columns { get; }

    /// <summary>Of what the layer reads, in bytes.</summary>
    public int SourceOffset { get; }

    /// <summary>Block after block, in it column after column.</summary>
    public int* Weights => _weights.Pointer;

    public long* Bias => _bias.Pointer;

    public FixedPointLayerReport Report { get; }

    /// <summary>The real value of a sum of 1.</summary>
    public double Step(int row) => Math.ScaleB(1.0, -(_shift[row] + Int32Table.ArgumentBits));

    /// <summary>The value of a row, times 2^26, to the nearest.</summary>
    public long Value(long* sums, int row)
    {
        int shift = _shift[row];
        return (sums[row] + (1L << (shift - 1))) >> shift;
    }

    private int WeightBits(int row)
    {
        double largest = 0.0;
        foreach (double weight in _layer.Weights(row)) largest = Math.Max(largest, Math.Abs(weight));
        double bound = _layer.Bound(row);
        int bits = MostWeightBits;
        while (Math.ScaleB(largest, bits) > int.MaxValue || Math.ScaleB(bound, bits + FullScaleBits) > LargestSum) bits--;
        return bits;
    }

    private void Pack(int row, int bits)
    {
        ReadOnlySpan<double> weights = _layer.Weights(row);
        Span<int> block = _weights.Span.Slice(row / Block * Block * Columns, Block * Columns);
        for (int column = 0; column < Columns; column++)
        {
            block[column * Block + row % Block] = (int)Math.Round(Math.ScaleB(weights[column], bits));
        }

        _bias.Span[row] = (long)Math.Round(Math.ScaleB(_layer.Bias(row), bits + FullScaleBits));
    }
}
