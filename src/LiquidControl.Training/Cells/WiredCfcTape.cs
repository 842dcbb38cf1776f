using System.Numerics;
using LiquidControl.Neural;

namespace LiquidControl.Training.Cells;

/// <summary>
/// The passes of a CfC wired in layers (see <see cref="WiredCfc{T}"/>): each layer reads the new state of the one before.
/// </summary>
internal sealed class WiredCfcTape<T> : CellTape<T> where T : struct, INumber<T>
{
    private readonly CfcCellTape<T>[] _layers;
    private readonly Range[] _rows;
    private readonly T[] _gradient;
    private readonly T[] _fromAbove;

    public WiredCfcTape(ReadOnlySpan<CfcCellLayout> layouts, CfcCellTape<T>[] layers)
    {
        _layers = layers;
        _rows = new Range[layers.Length];
        int start = 0;
        int longest = 0;
        for (int layer = 0; layer < layers.Length; layer++)
        {
            int length = layouts[layer].StateSize * Lanes.Count;
            _rows[layer] = start..(start + length);
            start += length;
            longest = Math.Max(longest, length);
        }

        _gradient = new T[longest];
        _fromAbove = new T[longest];
    }

    public override void Forward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> input, ReadOnlySpan<T> timespans, ReadOnlySpan<T> state, Span<T> newState)
    {
        ReadOnlySpan<T> before = input;
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            _layers[layer].Forward(parameters, step, before, timespans, state[_rows[layer]], newState[_rows[layer]]);
            before = newState[_rows[layer]];
        }
    }

    public override void Backward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> timespans, ReadOnlySpan<T> newStateGradient, Span<T> stateGradient,
        Span<T> inputGradient)
    {
        for (int layer = _layers.Length - 1; layer >= 0; layer--)
        {
            ReadOnlySpan<T> own = newStateGradient[_rows[layer]];
            Span<T> total = _gradient.AsSpan(0, own.Length);
            own.CopyTo(total);
            if (layer < _layers.Length - 1)
                Lanes.Add(total, _fromAbove);
            Span<T> below = layer == 0 ? inputGradient : _fromAbove.AsSpan(0, newStateGradient[_rows[layer - 1]].Length);
            _layers[layer].Backward(parameters, step, timespans, total, stateGradient[_rows[layer]], below);
        }
    }

    public override void Accumulate(GradientSum<T> gradient, int steps)
    {
        foreach (CfcCellTape<T> layer in _layers)
            layer.Accumulate(gradient, steps);
    }
}
