using System.Numerics;
using System.Runtime.Intrinsics;
using LiquidControl.Numerics;
using LiquidControl.Training.Cells;

namespace LiquidControl.Training;

/// <summary>
/// Backpropagation through time for a network over a chunk of steps and <see cref="LaneCount"/> sequences side by side: the forward pass
/// records what the backward pass needs. The state is carried from one chunk to the next; gradients stop at the chunk's start.
/// Memory is laid out [step][unit][lane]. Nothing is allocated after construction.
/// </summary>
/// <typeparam name="T">float for training, double for checks.</typeparam>
public sealed class NetworkTape<T> where T : struct, INumber<T>
{
    /// <summary>Sequences side by side.</summary>
    public const int LaneCount = Lanes.Count;

    private readonly NetworkParameters _network;
    private readonly CellTape<T> _cell;
    private readonly int _inputRow;
    private readonly int _outputRow;
    private readonly int _stateRow;
    private readonly T[] _inputs;
    private readonly T[] _timespans;
    private readonly T[] _states;
    private readonly T[] _outputs;
    private readonly T[] _outputGradients;
    private readonly T[] _held;
    private readonly T[] _running = new T[LaneCount];
    private readonly int[] _lengths = new int[LaneCount];
    private T[] _stateGradient;
    private T[] _stateGradientBefore;

    /// <param name="network">The network's parameters.</param>
    /// <param name="capacity">The longest chunk, in steps.</param>
    /// <param name="dropout">The share of each backbone layer's units left out, drawn by <see cref="DrawDropout"/>; 0 for none.</param>
    public NetworkTape(NetworkParameters network, int capacity, double dropout = 0.0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _network = network;
        _cell = network.Cell.NewTape<T>(capacity, dropout);
        Capacity = capacity;
        _inputRow = network.InputSize * LaneCount;
        _outputRow = network.OutputSize * LaneCount;
        _stateRow = network.Cell.StateSize * LaneCount;
        _inputs = new T[capacity * _inputRow];
        _timespans = new T[capacity * LaneCount];
        _states = new T[(capacity + 1) * _stateRow];
        _outputs = new T[capacity * _outputRow];
        _outputGradients = new T[capacity * _outputRow];
        _stateGradient = new T[_stateRow];
        _stateGradientBefore = new T[_stateRow];
        _held = new T[_stateRow];
        _lengths.AsSpan().Fill(capacity);
    }

    /// <summary>The longest chunk, in steps.</summary>
    public int Capacity { get; }

    /// <summary>Outputs per step.</summary>
    public int OutputSize => _network.OutputSize;

    /// <summary>
    /// How many steps of the chunk each lane has, at first all. Steps beyond leave the lane's state as it is, and nothing that was written
    /// there as input or timespan counts.
    /// </summary>
    public Span<int> Lengths => _lengths;

    /// <summary>The input of a step [input size × lanes], to be written before <see cref="Forward"/>.</summary>
    public Span<T> Input(int step) => _inputs.AsSpan(step * _inputRow, _inputRow);

    /// <summary>The elapsed time of a step [lanes], in the network's unit, to be written before <see cref="Forward"/>.</summary>
    public Span<T> Timespans(int step) => _timespans.AsSpan(step * LaneCount, LaneCount);

    /// <summary>The output of a step [outputs × lanes].</summary>
    public ReadOnlySpan<T> Output(int step) => _outputs.AsSpan(step * _outputRow, _outputRow);

    /// <summary>The loss gradient of a step's output [outputs × lanes], to be written before <see cref="Backward"/>.</summary>
    public Span<T> OutputGradient(int step) => _outputGradients.AsSpan(step * _outputRow, _outputRow);

    /// <summary>The state [units × lanes] before the next chunk's first step.</summary>
    public Span<T> State => StateBefore(0);

    /// <summary>Draws which units of the backbone one lane leaves out in one step, before <see cref="Forward"/>.</summary>
    public void DrawDropout(int step, int lane, RandomStream random) => _cell.DrawDropout(step, lane, random);

    /// <summary>
    /// Runs the chunk's steps from <see cref="State"/>, which keeps the chunk's initial state until <see cref="CarryState"/>.
    /// </summary>
    public void Forward(ReadOnlySpan<T> parameters, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Capacity);
        int shortest = ShortestLength();
        _cell.Begin(parameters);
        for (int step = 0; step < steps; step++)
        {
            Span<T> before = StateBefore(step), after = StateBefore(step + 1);
            if (step >= shortest)
                BlankEndedLanes(step);
            _cell.Forward(parameters, step, Input(step), Timespans(step), before, after);
            if (step >= shortest)
                SelectRunning(step, after, before, after);
            _network.Readout.Forward<T>(parameters, after, _outputs.AsSpan(step * _outputRow, _outputRow));
        }
    }

    /// <summary>
    /// Adds the loss gradient of the chunk just run forward to <paramref name="gradient"/>. Overwrites the record: once per forward pass.
    /// </summary>
    public void Backward(ReadOnlySpan<T> parameters, Span<T> gradient, int steps)
    {
        BeginBackward();
        BackwardSteps(parameters, steps);
        AddKept(parameters, gradient);
        Accumulate(new GradientSum<T>(gradient), steps);
        _network.ClearMasked(gradient);
    }

    /// <summary>Makes the state after <paramref name="steps"/> steps the initial state of the next chunk.</summary>
    public void CarryState(int steps) => StateBefore(steps).CopyTo(State);

    /// <summary>The loss gradient of the state after the last step, before <see cref="BackwardSteps"/>; then that of <see cref="State"/>.</summary>
    internal Span<T> StateGradient => _stateGradient;

    /// <summary>Nothing is known of the gradients yet.</summary>
    internal void BeginBackward()
    {
        Array.Clear(_stateGradient);
        _cell.BeginBackward();
    }

    /// <summary>Runs back over the steps just run forward.</summary>
    internal void BackwardSteps(ReadOnlySpan<T> parameters, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Capacity);
        int shortest = ShortestLength();
        for (int step = steps - 1; step >= 0; step--)
        {
            _network.Readout.Backward<T>(parameters, OutputGradient(step), _stateGradient);
            if (step >= shortest)
            {
                // What reaches an ended lane passes by the cell.
                _stateGradient.CopyTo(_held, 0);
                SelectRunning(step, _stateGradient, default, _stateGradient);
            }

            _cell.Backward(parameters, step, Timespans(step), _stateGradient, _stateGradientBefore, default);
            if (step >= shortest)
                SelectRunning(step, _stateGradientBefore, _held, _stateGradientBefore);
            (_stateGradient, _stateGradientBefore) = (_stateGradientBefore, _stateGradient);
        }

    }

    /// <summary>Adds the parameter gradients that the cell has summed up since <see cref="BeginBackward"/>.</summary>
    internal void AddKept(ReadOnlySpan<T> parameters, Span<T> gradient) => _cell.AddKept(parameters, gradient);

    /// <summary>Adds the parameter gradients that follow from the record.</summary>
    internal void Accumulate(GradientSum<T> gradient, int steps)
    {
        _cell.Accumulate(gradient, steps);
        _network.Readout.Accumulate(_outputGradients, _states.AsSpan(_stateRow), _stateRow, steps, gradient);
    }

    private Span<T> StateBefore(int step) => _states.AsSpan(step * _stateRow, _stateRow);

    private int ShortestLength()
    {
        int shortest = Capacity;
        foreach (int length in _lengths)
            shortest = Math.Min(shortest, length);
        return shortest;
    }

    /// <summary>Something every cell can step over: an LTC divides by its timespan.</summary>
    private void BlankEndedLanes(int step)
    {
        Span<T> input = Input(step);
        Span<T> timespans = Timespans(step);
        for (int lane = 0; lane < LaneCount; lane++)
        {
            if (step < _lengths[lane])
                continue;
            timespans[lane] = T.One;
            for (int i = lane; i < input.Length; i += LaneCount)
                input[i] = T.Zero;
        }
    }

    /// <summary>result = one in the lanes that still run, other (or 0) in those that have ended.</summary>
    private void SelectRunning(int step, ReadOnlySpan<T> one, ReadOnlySpan<T> other, Span<T> result)
    {
        for (int lane = 0; lane < LaneCount; lane++)
            _running[lane] = step < _lengths[lane] ? T.One : T.Zero;
        ref T running = ref _running[0];
        ref T first = ref Lanes.Origin(one, result.Length);
        ref T second = ref Lanes.Origin(other, other.Length);
        ref T sink = ref Lanes.Origin<T>(result, result.Length);
        for (int i = 0; i < result.Length; i += Vector256<T>.Count)
        {
            Vector256<T> runs = Vector256.GreaterThan(Lanes.Load(ref running, i % LaneCount), Vector256<T>.Zero);
            Vector256<T> otherwise = other.IsEmpty ? Vector256<T>.Zero : Lanes.Load(ref second, i);
            Lanes.Store(Vector256.ConditionalSelect(runs, Lanes.Load(ref first, i), otherwise), ref sink, i);
        }
    }
}
