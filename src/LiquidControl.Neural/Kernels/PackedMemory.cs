using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>The LSTM beside a network's neurons, packed; see <see cref="MixedMemory{T}"/> for the formulas.</summary>
internal sealed unsafe class PackedMemory<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly PackedLayer<TSimd, TVector> _gates;
    private readonly int _blocks;

    /// <param name="weights">Where the tensors are.</param>
    /// <param name="order">The neuron at each place of the kernel's state.</param>
    public PackedMemory(NetworkWeights weights, ReadOnlySpan<int> order)
    {
        int units = order.Length;
        LinearRows gates = MemoryRows.Read(weights, order);
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
            Remember(TSimd.Load(sums), TSimd.Load(sums + TSimd.Width), TSimd.Load(sums + 2 * TSimd.Width), TSimd.Load(sums + 3 * TSimd.Width),
                TSimd.Load(cell), out TVector kept, out TVector shown);
            TSimd.Store(kept, newCell);
            TSimd.Store(shown, remembered);
            sums += MemoryRows.Gates * TSimd.Width;
            cell += TSimd.Width;
            newCell += TSimd.Width;
            remembered += TSimd.Width;
        }
    }

    /// <summary>What becomes of one vector of cells.</summary>
    /// <param name="candidate">The sums of its gate; those that follow are halved.</param>
    /// <param name="input">The sums of its gate.</param>
    /// <param name="forget">The sums of its gate.</param>
    /// <param name="output">The sums of its gate.</param>
    /// <param name="cell">The old cells.</param>
    /// <param name="kept">The new ones.</param>
    /// <param name="shown">What the memory says.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Remember(
        TVector candidate, TVector input, TVector forget, TVector output, TVector cell, out TVector kept, out TVector shown)
    {
        candidate = FloatFunctions<TSimd, TVector>.Tanh(candidate);
        input = FloatFunctions<TSimd, TVector>.SigmoidOfDouble(input);
        forget = FloatFunctions<TSimd, TVector>.SigmoidOfDouble(forget);
        output = FloatFunctions<TSimd, TVector>.SigmoidOfDouble(output);
        kept = TSimd.MultiplyAdd(candidate, input, TSimd.Multiply(cell, forget));
        shown = TSimd.Multiply(FloatFunctions<TSimd, TVector>.Tanh(kept), output);
    }
}
