namespace LiquidControl.Neural.Kernels;

/// <summary>The LSTM beside a network's neurons, packed; see <see cref="MixedMemory{T}"/> for the formulas.</summary>
internal sealed unsafe class PackedMemory<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int Gates = 4;

    private readonly PackedLayer<TSimd, TVector> _gates;
    private readonly int _blocks;

    /// <param name="weights">Where the tensors are.</param>
    /// <param name="order">The neuron at each place of the kernel's state.</param>
    public PackedMemory(NetworkWeights weights, ReadOnlySpan<int> order)
    {
        NetworkArchitecture architecture = weights.Architecture;
        int units = order.Length, inputs = architecture.InputSize;
        int[] rows = new int[Gates * units];
        int[] columns = new int[inputs + units];
        for (int i = 0; i < inputs; i++) columns[i] = i;
        for (int i = 0; i < units; i++)
        {
            columns[inputs + i] = inputs + order[i];
            for (int gate = 0; gate < Gates; gate++) rows[gate * units + i] = gate * units + order[i];
        }

        LinearRows all = LinearRows.Read(weights, LstmKeys.InputMap).Beside(LinearRows.Read(weights, LstmKeys.RecurrentMap))
            .PlusBias(architecture.ForgetGateBias, 2 * units, units).Reordered(rows, columns);
        // Three gates are σ(t) = 1/2 + 1/2 tanh(t/2).
        LinearRows halved = all.Scaled(0.5);
        LinearRows gates = all.Part(0, units).Above(halved.Part(units, 3 * units));
        _gates = PackedLayer<TSimd, TVector>.InBlocks(gates, units, TSimd.Width);
        _blocks = (units + TSimd.Width - 1) / TSimd.Width;
    }

    /// <summary>Working memory of <see cref="Apply"/>.</summary>
    public int WorkLength => _gates.OutputLength;

    /// <param name="z">Input and state.</param>
    /// <param name="cell">The memory's old cells.</param>
    /// <param name="newCell">The new ones, whole vectors of them.</param>
    /// <param name="sums">Working memory.</param>
    /// <param name="remembered">What the memory says, whole vectors of it.</param>
    public void Apply(float* z, float* cell, float* newCell, float* sums, float* remembered)
    {
        foreach (ref readonly Panel panel in _gates.Panels.AsSpan()) panel.Apply<TSimd, TVector>(z, sums);
        for (int block = 0; block < _blocks; block++)
        {
            TVector candidate = FloatFunctions<TSimd, TVector>.Tanh(TSimd.Load(sums));
            TVector input = FloatFunctions<TSimd, TVector>.SigmoidOfDouble(TSimd.Load(sums + TSimd.Width));
            TVector forget = FloatFunctions<TSimd, TVector>.SigmoidOfDouble(TSimd.Load(sums + 2 * TSimd.Width));
            TVector output = FloatFunctions<TSimd, TVector>.SigmoidOfDouble(TSimd.Load(sums + 3 * TSimd.Width));
            TVector kept = TSimd.MultiplyAdd(candidate, input, TSimd.Multiply(TSimd.Load(cell), forget));
            TSimd.Store(kept, newCell);
            TSimd.Store(TSimd.Multiply(FloatFunctions<TSimd, TVector>.Tanh(kept), output), remembered);
            sums += Gates * TSimd.Width;
            cell += TSimd.Width;
            newCell += TSimd.Width;
            remembered += TSimd.Width;
        }
    }
}
