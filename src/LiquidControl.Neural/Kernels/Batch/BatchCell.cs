namespace LiquidControl.Neural.Kernels;

/// <summary>A CfC cell without backbone for a tile of robots; a robot takes the place that a neuron has in <see cref="PackedCell{TSimd, TVector}"/>.</summary>
internal sealed unsafe class BatchCell<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly BatchLayer<TSimd, TVector> _heads;
    private readonly CellSolution _solution;
    private readonly int _blocks;

    /// <param name="cell">The cell's heads.</param>
    /// <param name="solution">What makes states of their sums, a robot in the place of a neuron.</param>
    public BatchCell(CellRows cell, CellSolution solution)
    {
        LinearRows rows = cell.Rows;
        int neurons = cell.Units, heads = rows.Rows / neurons, lanes = BatchLayer<TSimd, TVector>.Lanes;
        double[] mask = cell.Mask;
        _solution = solution;
        _blocks = neurons * BatchLayer<TSimd, TVector>.Vectors;
        SumsLength = rows.Rows * lanes;
        _heads = new BatchLayer<TSimd, TVector>(rows);
        bool isSparse = Array.Exists(mask, value => value == 0.0);
        List<int> dense = [];
        for (int neuron = 0; neuron < neurons; neuron++)
        {
            int first = neuron;
            if (isSparse && heads > 1)
            {
                Add([neuron, neurons + neuron], column => mask[first * rows.Columns + column] != 0.0);
                for (int head = 2; head < heads; head++) dense.Add(head * neurons + neuron);
            }
            else
            {
                for (int head = 0; head < heads; head++) dense.Add(head * neurons + neuron);
            }
        }

        for (int i = 0; i < dense.Count; i += 4)
        {
            // The last rows may be computed twice, so that there are four of them, or two.
            int count = dense.Count - i >= 3 ? 4 : 2;
            Add([.. Enumerable.Range(i, count).Select(place => dense[int.Min(place, dense.Count - 1)])], column => true);
        }

        _heads.Pack();

        void Add(int[] group, Func<int, bool> isSource)
        {
            // Side by side in a block: a vector of each head, then the next vector of robots.
            int[] outputs = [.. group.Select(row => row % neurons * heads * lanes + row / neurons * TSimd.Width)];
            _heads.Add(group, outputs, heads * TSimd.Width, isSource);
        }
    }

    /// <summary>Working memory of <see cref="Apply"/>.</summary>
    public int SumsLength { get; }

    /// <param name="z">What the heads read.</param>
    /// <param name="timespan">Time since the last step.</param>
    /// <param name="sums">Working memory.</param>
    /// <param name="state">The new states.</param>
    public void Apply(float* z, float timespan, float* sums, float* state)
    {
        _heads.Apply(z, sums);
        _solution.Apply(sums, 0, _blocks, hasTail: false, timespan, state);
    }
}
