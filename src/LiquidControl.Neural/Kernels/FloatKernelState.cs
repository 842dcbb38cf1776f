using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The numbers of a float kernel's state, twice, laid out as <see cref="StepLayout"/> says: a step reads the one and writes the other, which
/// then becomes the current one. Finite at all times. Working memory follows.
/// </summary>
internal sealed unsafe class FloatKernelState : KernelState
{
    private readonly AlignedBuffer<float> _memory;
    private readonly int[] _places;
    private readonly FiniteRange _range;
    private readonly int _inputBound;

    /// <param name="kernel">The kernel.</param>
    /// <param name="layout">Of the numbers of a step.</param>
    /// <param name="workLength">What the kernel needs besides.</param>
    /// <param name="places">Where each number of the state is in the layout.</param>
    /// <param name="range">What the kernel need not look at.</param>
    public FloatKernelState(NetworkKernel kernel, StepLayout layout, int workLength, int[] places, FiniteRange range)
        : base(kernel)
    {
        _memory = new AlignedBuffer<float>(2 * layout.Length + workLength);
        _places = places;
        _range = range;
        _inputBound = layout.InputBound;
        Current = _memory.Pointer;
        Next = Current + layout.Length;
        Work = Next + layout.Length;
        Current[_inputBound] = range.Input;
    }

    public float* Current { get; private set; }

    public float* Next { get; private set; }

    public float* Work { get; }

    /// <summary>Makes what a step has written the current state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit()
    {
        float* old = Current;
        Current = Next;
        Next = old;
    }

    public override void Reset()
    {
        foreach (int place in _places) Current[place] = 0f;
        Current[_inputBound] = _range.Input;
    }

    public override void Read(Span<float> state) => Copy(Current, state);

    public override StepResult Write(ReadOnlySpan<float> state)
    {
        if (state.Length != _places.Length) return StepResult.StateLengthWrong;
        foreach (float value in state)
        {
            if (!float.IsFinite(value)) return StepResult.StateNotFinite;
        }

        float largest = 0f;
        for (int i = 0; i < state.Length; i++)
        {
            Current[_places[i]] = state[i];
            largest = float.Max(largest, float.Abs(state[i]));
        }

        Current[_inputBound] = largest <= _range.State ? _range.Input : FiniteRange.None.Input;
        return StepResult.Ok;
    }

    internal override void ReadNext(Span<float> state) => Copy(Next, state);

    private void Copy(float* from, Span<float> state)
    {
        for (int i = 0; i < _places.Length; i++) state[i] = from[_places[i]];
    }
}
