namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The state of one run of a <see cref="FixedPointKernel"/>: integers, rounded to the nearest when written. A second memory takes what is
/// evaluated without stepping.
/// </summary>
internal sealed unsafe class FixedPointState : KernelState
{
    private readonly FixedPointProgram _program;
    private readonly AlignedBuffer<byte> _memory;
    private readonly AlignedBuffer<byte> _trial;

    public FixedPointState(NetworkKernel kernel, FixedPointProgram program)
        : base(kernel)
    {
        _program = program;
        _memory = new AlignedBuffer<byte>(program.Format.Layout.Size);
        _trial = new AlignedBuffer<byte>(program.Format.Layout.Size);
    }

    public byte* Memory => _memory.Pointer;

    /// <summary>A copy of the memory, to be written over.</summary>
    public byte* BeginTrial()
    {
        _memory.Span.CopyTo(_trial.Span);
        return _trial.Pointer;
    }

    public override void Reset() => _memory.Span.Clear();

    public override void Read(Span<float> state) => Read(Memory, state);

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

    internal override void ReadNext(Span<float> state) => Read(_trial.Pointer, state);

    /// <summary>The real value of an element.</summary>
    internal double Value(FixedPointElement element) => Value(Memory, element);

    private double Value(byte* memory, FixedPointElement element) =>
        _program.Format.ReadElement(memory + element.Offset) * (element.Scale / _program.Format.FullScale);

    private void Read(byte* memory, Span<float> state)
    {
        int units = _program.Neurons.Length;
        for (int i = 0; i < units; i++) state[i] = (float)Value(memory, _program.Neurons[i]);
        if (_program.Cells is not int cells) return;
        int* cell = (int*)(memory + cells);
        for (int i = 0; i < units; i++) state[units + i] = (float)(cell[i] * _program.Format.CellStep);
    }

    private void WriteCells(ReadOnlySpan<float> values, int* cells)
    {
        int largest = _program.Format.LargestCell;
        for (int i = 0; i < values.Length; i++)
        {
            cells[i] = (int)Math.Clamp(Math.Round(values[i] / _program.Format.CellStep), -largest, largest);
        }
    }
}
