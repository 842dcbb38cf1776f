namespace LiquidControl.Neural.Kernels;

/// <summary>A linear layer y = W z + b, packed for one path; see <see cref="PanelSum{TSimd, TVector}"/> for its order of summation.</summary>
internal sealed unsafe class PackedLayer<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int Padding = -1;

    private readonly AlignedBuffer<float> _weights;

    /// <param name="rows">The layer.</param>
    /// <param name="order">The row that each output is, or <see cref="Padding"/>.</param>
    /// <param name="panel">Vectors of a panel, where the layer has many.</param>
    private PackedLayer(LinearRows rows, ReadOnlySpan<int> order, int panel)
    {
        int vectors = (order.Length + TSimd.Width - 1) / TSimd.Width;
        vectors += vectors & 1;
        OutputLength = vectors * TSimd.Width;
        _weights = new AlignedBuffer<float>(OutputLength * (rows.Columns + 1));
        int chains = Chains(rows.Rows);
        List<Panel> panels = [];
        float* weights = _weights.Pointer;
        for (int first = 0; first < OutputLength;)
        {
            int width = PanelVectors(vectors - first / TSimd.Width, chains, panel) * TSimd.Width;
            panels.Add(new Panel(Shape(width / TSimd.Width, chains), weights, rows.Columns, first, width));
            Pack(rows, order[int.Min(first, order.Length)..int.Min(first + width, order.Length)], weights, width);
            weights += width * (rows.Columns + 1);
            first += width;
        }

        Panels = [.. panels];
    }

    /// <summary>
    /// The parts of the layer. Panels come one by one, so that what is done with a panel's outputs overlaps with the fetching of the next one's
    /// weights.
    /// </summary>
    public Panel[] Panels { get; }

    /// <summary>Numbers that all panels write, padding included: a multiple of two vectors.</summary>
    public int OutputLength { get; }

    /// <summary>Chains that a sum of a layer with so many rows is split into.</summary>
    public static int Chains(int rows) => rows <= 16 ? 4 : rows <= 32 ? 2 : 1;

    /// <summary>A layer whose outputs keep their order.</summary>
    public static PackedLayer<TSimd, TVector> InOrder(LinearRows rows) =>
        new(rows, [.. Enumerable.Range(0, rows.Rows)], panel: 8);

    /// <summary>
    /// A layer of several heads of the same neurons, its rows [head, neuron], whose outputs lie so that the heads of a block of neurons are side
    /// by side: a vector of each head, then the next block's.
    /// </summary>
    /// <param name="rows">The layer.</param>
    /// <param name="neurons">Rows of a head.</param>
    /// <param name="lastWidth">Neurons of the last block.</param>
    public static PackedLayer<TSimd, TVector> InBlocks(LinearRows rows, int neurons, int lastWidth)
    {
        int heads = rows.Rows / neurons;
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

        return new PackedLayer<TSimd, TVector>(rows, [.. order], panel: heads == 3 ? 6 : 8);
    }

    /// <summary>
    /// The width of the next panel. Of one chain, sums are written out for 6, 8, 10 and 12 vectors; three heads go by two or four blocks.
    /// </summary>
    private static int PanelVectors(int left, int chains, int panel) => chains switch
    {
        1 => left <= 12 ? left : panel == 6 && left >= 18 ? 12 : panel,
        2 => int.Min(left, 4),
        _ => int.Min(left, 2),
    };

    private static PanelShape Shape(int vectors, int chains) => (vectors, chains) switch
    {
        (6, 1) => PanelShape.Six,
        (8, 1) => PanelShape.Eight,
        (10, 1) => PanelShape.Ten,
        (12, 1) => PanelShape.Twelve,
        (4, 2) => PanelShape.FourInTwoChains,
        (2, 2) => PanelShape.TwoInTwoChains,
        (2, 4) => PanelShape.TwoInFourChains,
        _ => throw new ArgumentOutOfRangeException(nameof(vectors), vectors, $"No sum of {chains} chains is this wide."),
    };

    private static void Pack(LinearRows rows, ReadOnlySpan<int> order, float* packed, int width)
    {
        for (int column = -1; column < rows.Columns; column++, packed += width)
        {
            for (int lane = 0; lane < order.Length; lane++)
            {
                if (order[lane] == Padding) continue;
                // + 0 makes a positive zero of a negative one: a sum that starts at +0 is not changed by products that are zero.
                packed[lane] = (float)(column < 0 ? rows.Bias(order[lane]) + 0.0 : rows.Weight(order[lane], column));
            }
        }
    }
}
