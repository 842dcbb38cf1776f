using System.Runtime.Intrinsics;

namespace LiquidControl.Training;

/// <summary>
/// Backpropagation through a chunk longer than its record (gradient checkpointing: Chen et al. 2016, arXiv 1604.06174). Forward, only the
/// state before each segment is kept; on the way back each segment is run forward again. The linear maps add up their gradients from the
/// first step to the last, as an unsegmented chunk does, so the segments are then run once more in that order: the same bits, for three
/// forward passes and two backward ones. A chunk of one segment is run once.
/// </summary>
internal sealed class SegmentedTape
{
    /// <summary>Puts input, timespans and lengths of some steps of the chunk, and the same dropout every time, into the record.</summary>
    /// <param name="first">The first of the steps.</param>
    /// <param name="steps">How many.</param>
    public delegate void Loader(int first, int steps);

    private readonly NetworkParameters _network;
    private readonly Loader _load;
    private readonly int _outputRow;
    private readonly int _stateRow;
    private readonly float[] _outputs;
    private readonly float[] _outputGradients;
    private readonly float[] _states;
    private readonly float[] _stateGradients;
    private readonly float[] _unfolded;

    /// <param name="network">The network's parameters.</param>
    /// <param name="options">Lengths of chunk and segment, and dropout.</param>
    /// <param name="load">Called before each forward pass of a segment.</param>
    public SegmentedTape(NetworkParameters network, TrainingOptions options, Loader load)
    {
        _network = network;
        _load = load;
        Record = new NetworkTape<float>(network, LengthOf(options), options.Dropout);
        int segments = ((options.ChunkSteps - 1) / Record.Capacity) + 1;
        _outputRow = network.OutputSize * Lanes.Count;
        _stateRow = Record.State.Length;
        _outputs = new float[options.ChunkSteps * _outputRow];
        _outputGradients = new float[options.ChunkSteps * _outputRow];
        _states = new float[segments * _stateRow];
        _stateGradients = new float[segments * _stateRow];
        _unfolded = segments == 1 ? [] : new float[network.Count * Vector256<float>.Count];
    }

    /// <summary>The record of one segment; its state is that before the next chunk's first step.</summary>
    public NetworkTape<float> Record { get; }

    /// <summary>The output of a step of the chunk [outputs × lanes].</summary>
    public ReadOnlySpan<float> Output(int step) => _outputs.AsSpan(step * _outputRow, _outputRow);

    /// <summary>The loss gradient of a step's output [outputs × lanes], to be written before <see cref="Backward"/>.</summary>
    public Span<float> OutputGradient(int step) => _outputGradients.AsSpan(step * _outputRow, _outputRow);

    /// <summary>Runs the chunk's steps.</summary>
    public void Forward(ReadOnlySpan<float> parameters, int steps)
    {
        for (int first = 0; first < steps; first += Record.Capacity)
        {
            if (first > 0)
                Record.CarryState(Record.Capacity);
            Record.State.CopyTo(StateBefore(first));
            RunForward(parameters, first, steps);
            for (int step = first; step < Math.Min(first + Record.Capacity, steps); step++)
                Record.Output(step - first).CopyTo(_outputs.AsSpan(step * _outputRow));
        }
    }

    /// <summary>Adds the loss gradient of the chunk just run forward to <paramref name="gradient"/>.</summary>
    public void Backward(ReadOnlySpan<float> parameters, Span<float> gradient, int steps)
    {
        int last = (steps - 1) / Record.Capacity * Record.Capacity;
        Record.BeginBackward();
        for (int first = last; first >= 0; first -= Record.Capacity)
        {
            if (first < last)
                RunAgain(parameters, first, steps);
            Record.StateGradient.CopyTo(StateGradientAfter(first));
            RunBackward(parameters, first, steps);
        }

        Record.AddKept(parameters, gradient);
        Array.Clear(_unfolded);
        GradientSum<float> sum = new(gradient, _unfolded);
        for (int first = 0; first < steps; first += Record.Capacity)
        {
            if (first > 0)
            {
                RunAgain(parameters, first, steps);
                StateGradientAfter(first).CopyTo(Record.StateGradient);
                RunBackward(parameters, first, steps);
            }

            Record.Accumulate(sum, Length(first, steps));
        }

        sum.Fold();
        _network.ClearMasked(gradient);
    }

    /// <summary>Makes the state after <paramref name="steps"/> steps the initial state of the next chunk.</summary>
    public void CarryState(int steps) => Record.CarryState(((steps - 1) % Record.Capacity) + 1);

    /// <summary>Sums over steps are folded in blocks; a segment has whole blocks, so that they are the same.</summary>
    private static int LengthOf(TrainingOptions options)
    {
        const int Block = LaneMatrix.StepsPerBlock;
        return options.SegmentSteps is int steps
            ? (int)Math.Min(options.ChunkSteps, ((long)steps + Block - 1) / Block * Block)
            : options.ChunkSteps;
    }

    private int Length(int first, int steps) => Math.Min(Record.Capacity, steps - first);

    private void RunAgain(ReadOnlySpan<float> parameters, int first, int steps)
    {
        StateBefore(first).CopyTo(Record.State);
        RunForward(parameters, first, steps);
    }

    private void RunForward(ReadOnlySpan<float> parameters, int first, int steps)
    {
        _load(first, Length(first, steps));
        Record.Forward(parameters, Length(first, steps));
    }

    private void RunBackward(ReadOnlySpan<float> parameters, int first, int steps)
    {
        for (int step = first; step < first + Length(first, steps); step++)
            OutputGradient(step).CopyTo(Record.OutputGradient(step - first));
        Record.BackwardSteps(parameters, Length(first, steps));
    }

    private Span<float> StateBefore(int first) => _states.AsSpan(first / Record.Capacity * _stateRow, _stateRow);

    private Span<float> StateGradientAfter(int first) => _stateGradients.AsSpan(first / Record.Capacity * _stateRow, _stateRow);
}
