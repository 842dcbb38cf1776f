namespace LiquidControl.Neural.Kernels;

/// <summary>The state of one run of a <see cref="FixedPointKernel"/>: integers, rounded to the nearest when written.</summary>
internal sealed unsafe class FixedPointState : KernelState
{
    private readonly FixedPointProgram _program;
    private readonly PinnedArray<byte> _memory;

    public FixedPointState(FixedPointProgram program)
    {
        _program = program;
        _memory = new PinnedArray<byte>(program.Format.Layout.Size);
    }

    internal FixedPointProgram Program => _program;

    internal byte* Memory => _memory.Pointer;

    public override void Reset() => _memory.Span.Clear();

    public override void Read(Span<float> state)
    {
        int units = _program.Neurons.Length;
        for (int i = 0; i < units; i++) state[i] = (float)Value(_program.Neurons[i]);
        if (_program.Cells is not int cells) return;
        int* cell = (int*)(Memory + cells);
        for (int i = 0; i < units; i++) state[units + i] = (float)(cell[i] * _program.Format.CellStep);
    }

    public override StepResult Write(ReadOnlySpan<float> state)
    {
        int units = _program.Neurons.Length;
        if (state.Length != (_program.Cells is null ? units : 2 * units)) return StepResult.StateLengthWrong;
        foreach (float value in state)
        {
            if (!float.IsFinite(value)) return StepResult.StateNotFinite;
        }

        for (int i = 0; i < units; i++)
        {
            FixedPointElement element = _program.Neurons[i];
            _program.Format.WriteElement(state[i] / element.Scale, Memory + element.Offset);
            _program.Format.WriteElement(state[i] / element.Scale, Memory + element.Copy);
        }

        if (_program.Cells is int cells) WriteCells(state[units..], (int*)(Memory + cells));
        return StepResult.Ok;
    }

    /// <summary>The real value of an element.</summary>
    internal double Value(FixedPointElement element) =>
        _program.Format.ReadElement(Memory + element.Offset) * (element.Scale / _program.Format.FullScale);

    private void WriteCells(ReadOnlySpan<float> values, int* cells)
    {
        int largest = _program.Format.LargestCell;
        for (int i = 0; i < values.Length; i++)
        {
            cells[i] = (int)Math.Clamp(Math.Round(values[i] / _program.Format.CellStep), -largest, largest);
        }
    }
}
