namespace LiquidControl.Neural.Kernels;

/// <summary>A CfC cell without backbone for a tile of robots.</summary>
internal sealed unsafe class BatchCell<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly BatchLayer<TSimd, TVector> _heads;
    private readonly CellSolution _solution;
    private readonly int _neurons;

    /// <param name="cell">The cell's heads.</param>
    /// <param name="solution">What makes states of their sums.</param>
    public BatchCell(CellRows cell, CellSolution solution)
    {
        LinearRows rows = cell.Rows;
        double[] mask = cell.Mask;
        _neurons = cell.Units;
        _solution = solution;
        WorkLength = rows.Rows;
        _heads = new BatchLayer<TSimd, TVector>(rows);
        int firstDense = 0;
        if (rows.Rows > _neurons && Array.Exists(mask, value => value == 0.0))
        {
            // A neuron's f1 and f2 read the same synapses; the time heads read all.
            firstDense = 2 * _neurons;
            for (int neuron = 0; neuron < _neurons; neuron++)
            {
                int first = neuron * rows.Columns;
                _heads.Add([neuron, _neurons + neuron], column => mask[first + column] != 0.0);
            }
        }

        _heads.AddDense([.. Enumerable.Range(firstDense, rows.Rows - firstDense)]);
        _heads.Pack();
    }

    /// <summary>Working memory of <see cref="Apply"/>, in numbers of a tile.</summary>
    public int WorkLength { get; }

    /// <param name="z">What the heads read.</param>
    /// <param name="timespan">Time since each robot's last step.</param>
    /// <param name="sums">Working memory.</param>
    /// <param name="state">The new states.</param>
    public void Apply(float* z, float* timespan, float* sums, float* state)
    {
        _heads.Apply(z, sums);
        _solution.ApplyToTile(sums, _neurons, timespan, state);
    }
}
