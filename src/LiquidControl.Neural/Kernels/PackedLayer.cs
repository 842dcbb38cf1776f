namespace LiquidControl.Neural.Kernels;

/// <summary>A linear layer, packed for one path; see <see cref="PanelSum{TSimd, TVector}"/> for its order of summation.</summary>
internal sealed unsafe class PackedLayer<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int Padding = -1;

    private readonly AlignedBuffer<float> _weights;
    private readonly float* _first;
    private readonly int _vectors;
    private readonly int _chains;
    private readonly int _columns;

    /// <param name="rows">The layer.</param>
    /// <param name="order">The row that each output is, or <see cref="Padding"/>; see <see cref="InOrder"/>.</param>
    public PackedLayer(LinearRows rows, ReadOnlySpan<int> order)
    {
        int vectors = (order.Length + TSimd.Width - 1) / TSimd.Width;
        _vectors = vectors + (vectors & 1);
        _chains = rows.Rows <= 16 ? 4 : rows.Rows <= 32 ? 2 : 1;
        _columns = rows.Columns;
        OutputLength = _vectors * TSimd.Width;
        _weights = new AlignedBuffer<float>(OutputLength * (_columns + 1));
        _first = _weights.Pointer;
        Pack(rows, order);
    }

    /// <summary>Numbers that <see cref="Apply"/> writes, padding included: a multiple of two vectors.</summary>
    public int OutputLength { get; }

    /// <summary>The rows in their own order.</summary>
    public static int[] InOrder(int rows) => [.. Enumerable.Range(0, rows)];

    /// <summary>
    /// The rows of several heads of the same neurons, [head, neuron], so that the heads of a block of neurons lie side by side: a vector of each
    /// head, then the next block's; the last block is <paramref name="lastWidth"/> neurons wide.
    /// </summary>
    public static int[] InBlocks(int heads, int neurons, int lastWidth)
    {
        List<int> order = [];
        for (int first = 0; first < neurons; first += TSimd.Width)
        {
            int width = neurons - first <= lastWidth ? lastWidth : TSimd.Width;
            for (int head = 0; head < heads; head++)
            {
                for (int neuron = first; neuron < first + width; neuron++)
                    order.Add(neuron < neurons ? head * neurons + neuron : Padding);
            }
        }

        return [.. order];
    }

    /// <summary>y = W z + b.</summary>
    public void Apply(float* z, float* y) => PanelSum<TSimd, TVector>.Apply(_first, _vectors, _chains, z, _columns, y);

    private void Pack(LinearRows rows, ReadOnlySpan<int> order)
    {
        Span<float> packed = _weights.Span;
        int first = 0;
        for (int left = _vectors; left > 0;)
        {
            int panel = PanelVectors(left);
            for (int column = -1; column < _columns; column++)
            {
                for (int lane = 0; lane < panel * TSimd.Width; lane++)
                {
                    int row = first + lane < order.Length ? order[first + lane] : Padding;
                    // + 0 makes a positive zero of a negative one: a sum that starts at +0 is not changed by products that are zero.
                    double value = row == Padding ? 0.0 : column < 0 ? rows.Bias(row) + 0.0 : rows.Weight(row, column);
                    packed[lane] = (float)value;
                }

                packed = packed[(panel * TSimd.Width)..];
            }

            first += panel * TSimd.Width;
            left -= panel;
        }
    }

    /// <summary>The next panel's width, as <see cref="PanelSum{TSimd, TVector}"/> takes them.</summary>
    private int PanelVectors(int left) => _chains switch
    {
        1 => left > 12 ? 8 : left,
        2 => left > 2 ? 4 : 2,
        _ => 2,
    };
}
