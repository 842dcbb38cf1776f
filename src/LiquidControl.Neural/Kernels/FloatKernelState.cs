namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The numbers of a float kernel's state, twice, laid out as <see cref="StepLayout"/> says: a step reads the one and writes the other, which
/// then becomes the current one. Finite at all times. Working memory follows.
/// </summary>
internal sealed unsafe class FloatKernelState : KernelState
{
    private readonly AlignedBuffer<float> _memory;
    private readonly int[] _places;

    /// <param name="kernel">The kernel.</param>
    /// <param name="length">Of the layout.</param>
    /// <param name="workLength">What the kernel needs besides.</param>
    /// <param name="places">Where each number of the state is in the layout.</param>
    public FloatKernelState(NetworkKernel kernel, int length, int workLength, int[] places)
        : base(kernel)
    {
        _memory = new AlignedBuffer<float>(2 * length + workLength);
        _places = places;
        Current = _memory.Pointer;
        Next = Current + length;
        Work = Next + length;
    }

    public float* Current { get; private set; }

    public float* Next { get; private set; }

    public float* Work { get; }

    /// <summary>Makes what a step has written the current state.</summary>
    public void Commit()
    {
        float* old = Current;
        Current = Next;
        Next = old;
    }

    public override void Reset()
    {
        foreach (int place in _places) Current[place] = 0f;
    }

    public override void Read(Span<float> state) => Copy(Current, state);

    public override StepResult Write(ReadOnlySpan<float> state)
    {
        if (state.Length != _places.Length) return StepResult.StateLengthWrong;
        foreach (float value in state)
        {
            if (!float.IsFinite(value)) return StepResult.StateNotFinite;
        }

        for (int i = 0; i < state.Length; i++) Current[_places[i]] = state[i];
        return StepResult.Ok;
    }

    internal override void ReadNext(Span<float> state) => Copy(Next, state);

    private void Copy(float* from, Span<float> state)
    {
        for (int i = 0; i < _places.Length; i++) state[i] = from[_places[i]];
    }
}
