namespace LiquidControl.Neural.Kernels;

/// <summary>The LSTM beside a network's neurons for a tile of robots, and what the neurons read then; see <see cref="MixedMemory{T}"/>.</summary>
internal sealed unsafe class BatchMemory<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly BatchLayer<TSimd, TVector> _gates;
    private readonly bool _feedsState;
    private readonly int _inputs;
    private readonly int _units;

    private BatchMemory(NetworkWeights weights, int[] order)
    {
        _gates = BatchLayer<TSimd, TVector>.Dense(MemoryRows.Read(weights, order));
        _feedsState = weights.Architecture.Memory == MemoryCoupling.State;
        _inputs = weights.Architecture.InputSize;
        _units = order.Length;
    }

    /// <summary>Working memory of <see cref="Apply"/>, in numbers of a tile.</summary>
    public int WorkLength => MemoryRows.Gates * _units + int.Max(_inputs, _units) + _units;

    /// <summary>Null: the network has no memory.</summary>
    /// <param name="weights">Of the network.</param>
    /// <param name="order">The neuron at each place of the state.</param>
    public static BatchMemory<TSimd, TVector>? Create(NetworkWeights weights, int[] order) =>
        weights.Architecture.Memory == MemoryCoupling.None ? null : new BatchMemory<TSimd, TVector>(weights, order);

    /// <summary>[input; remembered] or [remembered; state]: what the cell reads. It lies in the working memory.</summary>
    /// <param name="current">Input, state and the old memory cells.</param>
    /// <param name="newCell">The new memory cells.</param>
    /// <param name="work">Working memory.</param>
    public float* Apply(float* current, float* newCell, float* work)
    {
        int lanes = BatchTile<TSimd, TVector>.Lanes;
        float* state = current + _inputs * lanes;
        float* z = work + MemoryRows.Gates * _units * lanes;
        _gates.Apply(current, work);
        if (_feedsState)
        {
            BatchTile<TSimd, TVector>.Copy(current, z, _inputs);
            Remember(work, state + _units * lanes, newCell, z + _inputs * lanes);
        }
        else
        {
            Remember(work, state + _units * lanes, newCell, z);
            BatchTile<TSimd, TVector>.Copy(state, z + _units * lanes, _units);
        }

        return z;
    }

    private void Remember(float* sums, float* cell, float* newCell, float* remembered)
    {
        int gate = _units * BatchTile<TSimd, TVector>.Lanes;
        for (int i = 0; i < gate; i += TSimd.Width, sums += TSimd.Width)
        {
            PackedMemory<TSimd, TVector>.Remember(TSimd.Load(sums), TSimd.Load(sums + gate), TSimd.Load(sums + 2 * gate),
                TSimd.Load(sums + 3 * gate), TSimd.Load(cell + i), out TVector kept, out TVector shown);
            TSimd.Store(kept, newCell + i);
            TSimd.Store(shown, remembered + i);
        }
    }
}
