using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// A layer in 16-bit weights and activations with 32-bit sums. Each four products are added exactly and shifted down before they join the
/// sum, so that weights can take nearly their whole range and no sum overflows; a factor a row then brings the sums to one scale.
/// </summary>
/// <remarks>
/// <code>
/// sum = bias + Σ over fours (w0 z0 + w1 z1 + w2 z2 + w3 z3) >> shift        the bias holds what the shifts lose on average
/// value 2^20 = (sum multiplier / 2^32) &lt;&lt; lift
/// </code>
/// The two parts of z have a shift each.
/// </remarks>
internal sealed unsafe class Int16Layer
{
    /// <summary>Rows are summed in blocks of 64, the last ones in blocks of 32, 16 and 8.</summary>
    public const int LargestBlock = 64;
    public const int SmallestBlock = 8;

    private const int SumBits = 32;

    private readonly FixedLayer _layer;
    private readonly Int16Scaling _scaling;
    private readonly AlignedBuffer<short> _weights;
    private readonly AlignedBuffer<int> _bias;
    private readonly AlignedBuffer<int> _multiplier;

    /// <exception cref="ModelFormatException">A row's range leaves what can be computed.</exception>
    public Int16Layer(FixedLayer layer)
    {
        _layer = layer;
        _scaling = new Int16Scaling(layer);
        SourceOffset = layer.Source.Offset;
        FirstQuads = layer.Source.First.Length / Int16Scaling.Quad;
        SecondQuads = layer.Source.Second.Length / Int16Scaling.Quad;
        FirstShift = _scaling.Shift - _scaling.FirstReserve;
        SecondShift = _scaling.Shift - _scaling.SecondReserve;
        Rows = layer.Rows;
        PaddedRows = (layer.Rows + SmallestBlock - 1) / SmallestBlock * SmallestBlock;
        _weights = new AlignedBuffer<short>(PaddedRows * layer.Source.Length);
        // A vector of a stage may begin at the last row.
        _bias = new AlignedBuffer<int>(PaddedRows + SmallestBlock);
        _multiplier = new AlignedBuffer<int>(PaddedRows + SmallestBlock);
        Weights = _weights.Pointer;
        Bias = _bias.Pointer;
        Multiplier = _multiplier.Pointer;
        for (int first = 0; first < PaddedRows; first += BlockAt(first)) PackBlock(first, BlockAt(first));
        for (int row = 0; row < Rows; row++) _bias.Span[row] = QuantisedBias(row);
        Lift = SetMultipliers();
        Report = CreateReport();
    }

    public int Rows { get; }

    public int PaddedRows { get; }

    public int FirstQuads { get; }

    public int SecondQuads { get; }

    public int FirstShift { get; }

    public int SecondShift { get; }

    public int Lift { get; }

    /// <summary>Of what the layer reads, in bytes.</summary>
    public int SourceOffset { get; }

    /// <summary>Block after block, in it pair after pair, in that row after row, two weights.</summary>
    public short* Weights { get; }

    public int* Bias { get; }

    public int* Multiplier { get; }

    public FixedPointLayerReport Report { get; }

    /// <summary>The real value of a sum of 1.</summary>
    public double Step(int row) => _scaling.Step(row);

    /// <summary>Rows of the block that begins at a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int BlockAt(int row)
    {
        int block = LargestBlock;
        while (block > PaddedRows - row) block >>= 1;
        return block;
    }

    private void PackBlock(int first, int block)
    {
        int columns = _layer.Source.Length;
        Span<short> weights = _weights.Span.Slice(first * columns, block * columns);
        for (int row = first; row < Math.Min(first + block, Rows); row++)
        {
            for (int column = 0; column < columns; column++)
            {
                weights[(column / 2 * block + row - first) * 2 + column % 2] = QuantisedWeight(row, column);
            }
        }
    }

    private short QuantisedWeight(int row, int column)
    {
        int reserve = column < _layer.Source.First.Length ? _scaling.FirstReserve : _scaling.SecondReserve;
        double scaled = Math.Round(_layer.Weights(row)[column] * _scaling.RowScale(row) / (1 << reserve));
        return (short)Math.Clamp(scaled, -short.MaxValue, short.MaxValue);
    }

    private int QuantisedBias(int row)
    {
        double lost = 0.5 * ((FirstShift > 0 ? FirstQuads : 0) + (SecondShift > 0 ? SecondQuads : 0));
        return (int)Math.Round(_layer.Bias(row) / _scaling.Step(row) + lost);
    }

    /// <summary>The least lift with which every multiplier fits.</summary>
    private int SetMultipliers()
    {
        double largest = 0.0;
        for (int row = 0; row < Rows; row++) largest = Math.Max(largest, Multiplied(row));
        int lift = 0;
        while (largest / (1L << lift) > int.MaxValue) lift++;
        for (int row = 0; row < Rows; row++) _multiplier.Span[row] = (int)Math.Round(Multiplied(row) / (1L << lift));
        return lift;
    }

    private double Multiplied(int row) => _scaling.Step(row) * (1 << Int16Table.ArgumentBits) * (1L << SumBits);

    private FixedPointLayerReport CreateReport()
    {
        double coarsest = 0.0;
        long largest = 0;
        for (int row = 0; row < Rows; row++)
        {
            coarsest = Math.Max(coarsest, _scaling.Step(row));
            largest = Math.Max(largest, LargestSum(row));
        }

        // The weights' rounding can only matter where thousands of tiny ones are rounded up.
        if (largest > int.MaxValue) throw _layer.Overflow(_layer.LargestBound());
        return new(_layer.Tensor, Rows, _layer.LargestBound(), coarsest, FixedPointLayerReport.Bits(largest), SumBits);
    }

    /// <summary>The largest magnitude of a row's sum, of the integers as they are.</summary>
    private long LargestSum(int row)
    {
        long sum = Math.Abs((long)_bias.Span[row]);
        for (int column = 0; column < _layer.Source.Length; column += Int16Scaling.Quad)
        {
            double products = 0.0;
            for (int i = column; i < column + Int16Scaling.Quad; i++)
            {
                double reach = Math.Ceiling(_layer.Source[i].Reach * (1 << Int16Scaling.FullScaleBits));
                products += Math.Abs((int)QuantisedWeight(row, i)) * reach;
            }

            int shift = column < _layer.Source.First.Length ? FirstShift : SecondShift;
            sum += ((long)products >> shift) + 1;
        }

        return sum;
    }
}
