using System.Numerics;
using LiquidControl.Neural;

namespace LiquidControl.Training;

/// <summary>
/// Backpropagation through time for a dense CfC over a chunk of steps and <see cref="LaneCount"/> sequences side by side: the forward pass
/// records what the backward pass needs. The state is carried from one chunk to the next; gradients stop at the chunk's start.
/// Memory is laid out [step][unit][lane]. Nothing is allocated after construction.
/// </summary>
/// <typeparam name="T">float for training, double for checks.</typeparam>
public sealed class CfcTape<T> where T : struct, INumber<T>
{
    /// <summary>Sequences side by side.</summary>
    public const int LaneCount = Lanes.Count;

    private readonly CfcArchitecture _architecture;
    private readonly CfcParameters _layout;
    private readonly int _joinedRow;
    private readonly int _backboneRow;
    private readonly int _headRow;
    private readonly int _outputRow;
    private readonly int _stateRow;
    private readonly T[] _joined;
    private readonly T[] _timespans;
    private readonly T[][] _activations;
    private readonly T[][] _slopes;
    private readonly T[] _heads;
    private readonly T[] _outputs;
    private readonly T[] _outputGradients;
    private readonly T[] _stateGradient;
    private readonly T[] _headGradient;

    /// <param name="layout">The architecture's parameters.</param>
    /// <param name="capacity">The longest chunk, in steps.</param>
    public CfcTape(CfcParameters layout, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _layout = layout;
        _architecture = layout.Architecture;
        Capacity = capacity;
        OutputSize = _architecture.OutputSize;
        _stateRow = _architecture.Units * LaneCount;
        _joinedRow = (_architecture.InputSize * LaneCount) + _stateRow;
        _backboneRow = _architecture.BackboneUnits * LaneCount;
        _headRow = CfcCellLanes.Blocks(_architecture.Mode) * _stateRow;
        _outputRow = OutputSize * LaneCount;
        _joined = new T[(capacity + 1) * _joinedRow];
        _timespans = new T[capacity * LaneCount];
        _activations = [.. Enumerable.Range(0, _architecture.BackboneLayers).Select(_ => new T[capacity * _backboneRow])];
        _slopes = [.. Enumerable.Range(0, _architecture.BackboneLayers).Select(_ => new T[capacity * _backboneRow])];
        _heads = new T[capacity * _headRow];
        _outputs = new T[capacity * _outputRow];
        _outputGradients = new T[capacity * _outputRow];
        _stateGradient = new T[_stateRow];
        _headGradient = new T[_backboneRow];
    }

    /// <summary>The longest chunk, in steps.</summary>
    public int Capacity { get; }

    /// <summary>Outputs per step: the projection's, or the units.</summary>
    public int OutputSize { get; }

    /// <summary>The input of a step [input size × lanes], to be written before <see cref="Forward"/>.</summary>
    public Span<T> Input(int step) => _joined.AsSpan(step * _joinedRow, _joinedRow - _stateRow);

    /// <summary>The elapsed time of a step [lanes], in the network's unit, to be written before <see cref="Forward"/>.</summary>
    public Span<T> Timespans(int step) => _timespans.AsSpan(step * LaneCount, LaneCount);

    /// <summary>The output of a step [outputs × lanes].</summary>
    public ReadOnlySpan<T> Output(int step) => _outputs.AsSpan(step * _outputRow, _outputRow);

    /// <summary>The loss gradient of a step's output [outputs × lanes], to be written before <see cref="Backward"/>.</summary>
    public Span<T> OutputGradient(int step) => _outputGradients.AsSpan(step * _outputRow, _outputRow);

    /// <summary>The state [units × lanes] before the next chunk's first step.</summary>
    public Span<T> State => StateBefore(0);

    /// <summary>Runs the chunk's steps from <see cref="State"/>, which keeps the chunk's initial state until <see cref="CarryState"/>.</summary>
    public void Forward(ReadOnlySpan<T> parameters, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Capacity);
        for (int step = 0; step < steps; step++)
        {
            Span<T> current = _joined.AsSpan(step * _joinedRow, _joinedRow);
            for (int layer = 0; layer < _activations.Length; layer++)
            {
                Span<T> activations = _activations[layer].AsSpan(step * _backboneRow, _backboneRow);
                Linear(parameters, _layout.Backbone[layer], current, activations);
                ActivationLanes.Apply(_architecture.Activation, activations, _slopes[layer].AsSpan(step * _backboneRow, _backboneRow));
                current = activations;
            }

            Span<T> heads = Heads(step);
            Linear(parameters, _layout.Heads, current, heads);
            Span<T> next = StateBefore(step + 1);
            CfcCellLanes.Forward(_architecture.Mode, heads, Timespans(step), TimeConstant(parameters), next);
            Span<T> output = _outputs.AsSpan(step * _outputRow, _outputRow);
            if (_layout.Projection is LinearBlock projection)
                Linear(parameters, projection, next, output);
            else
                next.CopyTo(output);
        }
    }

    /// <summary>
    /// Adds the loss gradient of the chunk just run forward to <paramref name="gradient"/>. Overwrites the record: once per forward pass.
    /// </summary>
    public void Backward(ReadOnlySpan<T> parameters, Span<T> gradient, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Capacity);
        Array.Clear(_stateGradient);
        for (int step = steps - 1; step >= 0; step--)
        {
            AddOutputGradient(parameters, step);
            CfcCellLanes.Backward(_architecture.Mode, Heads(step), Timespans(step), TimeConstant(parameters), _stateGradient);
            BackwardThroughBackbone(parameters, step);
        }

        AccumulateParameters(gradient, steps);
    }

    /// <summary>Makes the state after <paramref name="steps"/> steps the initial state of the next chunk.</summary>
    public void CarryState(int steps) => StateBefore(steps).CopyTo(State);

    private Span<T> StateBefore(int step) => _joined.AsSpan(((step + 1) * _joinedRow) - _stateRow, _stateRow);

    private Span<T> Heads(int step) => _heads.AsSpan(step * _headRow, _headRow);

    private ReadOnlySpan<T> TimeConstant(ReadOnlySpan<T> parameters) =>
        _architecture.Mode == CfcMode.Pure ? parameters.Slice(_layout.TimeConstant, 2 * _architecture.Units) : default;

    private static void Linear(ReadOnlySpan<T> parameters, LinearBlock block, ReadOnlySpan<T> x, Span<T> y)
    {
        for (int row = 0; row < block.Outputs; row++)
            y.Slice(row * LaneCount, LaneCount).Fill(parameters[block.Bias + row]);
        LaneMatrix.MultiplyAdd(parameters[block.Weight..], block.Inputs, 1, block.Outputs, block.Inputs, x, y);
    }

    /// <summary>x += Wᵀ d, for the inputs from <paramref name="firstInput"/> on.</summary>
    private static void AddTransposed(ReadOnlySpan<T> parameters, LinearBlock block, int firstInput, ReadOnlySpan<T> d, Span<T> x) =>
        LaneMatrix.MultiplyAdd(parameters[(block.Weight + firstInput)..], 1, block.Inputs, block.Inputs - firstInput, block.Outputs, d, x);

    private void AddOutputGradient(ReadOnlySpan<T> parameters, int step)
    {
        ReadOnlySpan<T> d = OutputGradient(step);
        if (_layout.Projection is LinearBlock projection)
            AddTransposed(parameters, projection, 0, d, _stateGradient);
        else
            for (int i = 0; i < d.Length; i++)
                _stateGradient[i] += d[i];
    }

    /// <summary>From the heads' gradients to each layer's (left in place of its slopes) and to the previous state's.</summary>
    private void BackwardThroughBackbone(ReadOnlySpan<T> parameters, int step)
    {
        LinearBlock above = _layout.Heads;
        ReadOnlySpan<T> d = Heads(step);
        for (int layer = _slopes.Length - 1; layer >= 0; layer--)
        {
            Array.Clear(_headGradient);
            AddTransposed(parameters, above, 0, d, _headGradient);
            Span<T> slopes = _slopes[layer].AsSpan(step * _backboneRow, _backboneRow);
            Lanes.Multiply(slopes, _headGradient);
            d = slopes;
            above = _layout.Backbone[layer];
        }

        Array.Clear(_stateGradient);
        AddTransposed(parameters, above, _architecture.InputSize, d, _stateGradient);
    }

    private void AccumulateParameters(Span<T> gradient, int steps)
    {
        ReadOnlySpan<T> below = _joined;
        int belowRow = _joinedRow;
        for (int layer = 0; layer < _slopes.Length; layer++)
        {
            Accumulate(_layout.Backbone[layer], _slopes[layer], _backboneRow, below, belowRow, steps, gradient);
            below = _activations[layer];
            belowRow = _backboneRow;
        }

        LinearBlock heads = _layout.Heads;
        LaneMatrix.AccumulateGradient(_heads, _headRow, heads.Outputs, below, belowRow, heads.Inputs, steps, gradient[heads.Weight..]);
        LaneMatrix.AccumulateSum(_heads, _headRow, _headRow / LaneCount, steps, gradient[heads.Bias..]);
        if (_layout.Projection is LinearBlock projection)
            Accumulate(projection, _outputGradients, _outputRow, _joined.AsSpan((2 * _joinedRow) - _stateRow), _joinedRow, steps, gradient);
    }

    private static void Accumulate(LinearBlock block, ReadOnlySpan<T> d, int dRow, ReadOnlySpan<T> x, int xRow, int steps, Span<T> gradient)
    {
        LaneMatrix.AccumulateGradient(d, dRow, block.Outputs, x, xRow, block.Inputs, steps, gradient[block.Weight..]);
        LaneMatrix.AccumulateSum(d, dRow, block.Outputs, steps, gradient[block.Bias..]);
    }
}
