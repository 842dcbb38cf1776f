using System.Numerics;
using LiquidControl.Neural;
using LiquidControl.Numerics;

namespace LiquidControl.Training.Cells;

/// <summary>The passes of a CfC cell (formulas: <see cref="Cfc{T}"/>).</summary>
internal sealed class CfcCellTape<T> : CellTape<T> where T : struct, INumber<T>
{
    private readonly CfcCellLayout _layout;
    private readonly double _dropout;
    private readonly int _joinedRow;
    private readonly int _inputRow;
    private readonly int _backboneRow;
    private readonly int _headRow;
    private readonly int _joinedStride;
    private readonly int _backboneStride;
    private readonly int _headStride;
    private readonly T[] _joined;
    private readonly T[][] _activations;
    private readonly T[][] _slopes;
    private readonly T[][] _kept;
    private readonly T[] _heads;
    private readonly T[] _gradient;

    public CfcCellTape(CfcCellLayout layout, int capacity, double dropout)
    {
        _layout = layout;
        _dropout = dropout;
        _inputRow = layout.InputSize * Lanes.Count;
        _joinedRow = _inputRow + (layout.StateSize * Lanes.Count);
        _headRow = CfcLanes.Blocks(layout.Mode) * layout.StateSize * Lanes.Count;
        int layers = layout.Backbone.Length;
        _backboneRow = layers == 0 ? 0 : layout.Backbone[0].Outputs * Lanes.Count;
        _joinedStride = Lanes.Stride(_joinedRow / Lanes.Count);
        _backboneStride = Lanes.Stride(_backboneRow / Lanes.Count);
        _headStride = Lanes.Stride(_headRow / Lanes.Count);
        _joined = new T[capacity * _joinedStride];
        _activations = NewLayers(layers, capacity * _backboneStride);
        _slopes = NewLayers(layers, capacity * _backboneStride);
        _kept = dropout > 0.0 ? NewLayers(layers, capacity * _backboneStride) : [];
        _heads = new T[capacity * _headStride];
        _gradient = new T[_backboneRow];
    }

    public override void Forward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> input, ReadOnlySpan<T> timespans, ReadOnlySpan<T> state, Span<T> newState)
    {
        Span<T> joined = _joined.AsSpan(step * _joinedStride, _joinedRow);
        input.CopyTo(joined);
        state.CopyTo(joined[_inputRow..]);
        Span<T> below = joined;
        for (int layer = 0; layer < _activations.Length; layer++)
        {
            Span<T> activations = Row(_activations, layer, step), slopes = Row(_slopes, layer, step);
            _layout.Backbone[layer].Apply(parameters, below, activations);
            ActivationLanes.Apply(_layout.Activation, activations, slopes);
            if (_kept.Length > 0)
            {
                Lanes.Multiply(activations, Row(_kept, layer, step));
                Lanes.Multiply(slopes, Row(_kept, layer, step));
            }

            below = activations;
        }

        Span<T> heads = Heads(step);
        _layout.Heads.Apply(parameters, below, heads);
        CfcLanes.Forward(_layout.Mode, _layout.HeadActivation, heads, timespans, TimeConstant(parameters), newState);
    }

    public override void Backward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> timespans, ReadOnlySpan<T> newStateGradient, Span<T> stateGradient,
        Span<T> inputGradient)
    {
        Span<T> heads = Heads(step);
        CfcLanes.Backward(_layout.Mode, _layout.HeadActivation, heads, timespans, TimeConstant(parameters), newStateGradient);

        // Each layer's gradient is left in the place of its slopes, for the accumulation.
        LinearBlock above = _layout.Heads;
        ReadOnlySpan<T> d = heads;
        for (int layer = _slopes.Length - 1; layer >= 0; layer--)
        {
            Array.Clear(_gradient);
            above.AddTransposed(parameters, 0, d, _gradient);
            Span<T> slopes = Row(_slopes, layer, step);
            Lanes.Multiply(slopes, _gradient);
            d = slopes;
            above = _layout.Backbone[layer];
        }

        stateGradient.Clear();
        above.AddTransposed(parameters, _layout.InputSize, d, stateGradient);
        if (inputGradient.IsEmpty)
            return;
        inputGradient.Clear();
        above.AddTransposed(parameters, 0, d, inputGradient);
    }

    public override void Accumulate(GradientSum<T> gradient, int steps)
    {
        ReadOnlySpan<T> below = _joined;
        int belowStride = _joinedStride;
        for (int layer = 0; layer < _slopes.Length; layer++)
        {
            _layout.Backbone[layer].Accumulate(_slopes[layer], _backboneStride, below, belowStride, steps, gradient);
            below = _activations[layer];
            belowStride = _backboneStride;
        }

        // In pure mode the rows after ff1's are the gradients of w_tau and A, which follow its bias.
        LinearBlock heads = _layout.Heads;
        LaneMatrix.AccumulateGradient(
            _heads, _headStride, heads.Outputs, below, belowStride, heads.Inputs, steps, gradient.From(heads.Weight));
        LaneMatrix.AccumulateSum(_heads, _headStride, _headRow / Lanes.Count, steps, heads.Bias, gradient);
    }

    /// <summary>
    /// Inverted dropout, as torch does it: what is kept grows by 1 / (1 − rate), so that nothing changes when none is left out.
    /// </summary>
    public override void DrawDropout(int step, int lane, RandomStream random)
    {
        T factor = T.CreateTruncating(1.0 / (1.0 - _dropout));
        foreach (T[] layer in _kept)
            for (int i = lane; i < _backboneRow; i += Lanes.Count)
                layer[(step * _backboneStride) + i] = random.NextDouble() < _dropout ? T.Zero : factor;
    }

    private Span<T> Heads(int step) => _heads.AsSpan(step * _headStride, _headRow);

    private Span<T> Row(T[][] layers, int layer, int step) => layers[layer].AsSpan(step * _backboneStride, _backboneRow);

    private ReadOnlySpan<T> TimeConstant(ReadOnlySpan<T> parameters) =>
        _layout.Mode == CfcMode.Pure ? parameters.Slice(_layout.TimeConstant, 2 * _layout.StateSize) : default;

    private static T[][] NewLayers(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new T[length])];
}
