namespace LiquidControl.Neural.Kernels;

/// <summary>What a network with mixed memory reads in the place of its input and state; see <see cref="MixedMemory{T}"/>.</summary>
internal sealed unsafe class MixedInput<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly PackedMemory<TSimd, TVector> _memory;
    private readonly bool _feedsState;
    private readonly int _inputs;
    private readonly int _units;

    private MixedInput(NetworkWeights weights, ReadOnlySpan<int> order)
    {
        _memory = new PackedMemory<TSimd, TVector>(weights, order);
        _feedsState = weights.Architecture.Memory == MemoryCoupling.State;
        _inputs = weights.Architecture.InputSize;
        _units = order.Length;
        WorkLength = StepLayout.Align(_memory.WorkLength) + StepLayout.Align(_inputs + TSimd.Width)
            + StepLayout.Align(2 * _units + 2 * TSimd.Width);
    }

    /// <summary>Working memory of <see cref="Apply"/>.</summary>
    public int WorkLength { get; }

    /// <summary>Null: the network has no memory.</summary>
    /// <param name="weights">Of the network.</param>
    /// <param name="order">The neuron at each place of the kernel's state.</param>
    public static MixedInput<TSimd, TVector>? Create(NetworkWeights weights, ReadOnlySpan<int> order) =>
        weights.Architecture.Memory == MemoryCoupling.None ? null : new MixedInput<TSimd, TVector>(weights, order);

    /// <summary>[input; remembered] or [remembered; state]: what the cell reads. It lies in the working memory.</summary>
    public float* Apply(float* current, float* next, StepLayout layout, float* work)
    {
        float* z = work + StepLayout.Align(_memory.WorkLength);
        float* remembered = _feedsState ? z + _inputs : z;
        _memory.Apply(current + layout.Input, current + layout.Memory, next + layout.Memory, work, remembered);
        if (_feedsState) Copy(current + layout.Input, z, _inputs);
        else Copy(current + layout.State, z + _units, _units);
        return z;
    }

    private static void Copy(float* from, float* to, int length) =>
        new ReadOnlySpan<float>(from, length).CopyTo(new Span<float>(to, length));
}
