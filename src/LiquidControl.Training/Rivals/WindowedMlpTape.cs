using System.Numerics;
using LiquidControl.Training.Cells;

namespace LiquidControl.Training.Rivals;

/// <summary>
/// The passes of a windowed perceptron. The samples in its state depend on no parameter, and no cell stands around it: no gradient of state
/// or input is asked for.
/// </summary>
internal sealed class WindowedMlpTape<T> : CellTape<T> where T : struct, INumber<T>
{
    private readonly WindowedMlpLayout _layout;
    private readonly int _sampleRow;
    private readonly int _windowRow;
    private readonly int _hiddenRow;
    private readonly T[] _windows;
    private readonly T[][] _activations;
    private readonly T[][] _slopes;
    private readonly T[] _gradient;

    public WindowedMlpTape(WindowedMlpLayout layout, int capacity)
    {
        _layout = layout;
        _sampleRow = layout.SampleSize * Lanes.Count;
        _windowRow = layout.Layers[0].Inputs * Lanes.Count;
        _hiddenRow = layout.OutputCount * Lanes.Count;
        _windows = new T[capacity * _windowRow];
        int layers = layout.Layers.Length;
        _activations = [.. Enumerable.Range(0, layers).Select(_ => new T[capacity * _hiddenRow])];
        _slopes = [.. Enumerable.Range(0, layers).Select(_ => new T[capacity * _hiddenRow])];
        _gradient = new T[_hiddenRow];
    }

    public override void Forward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> input, ReadOnlySpan<T> timespans, ReadOnlySpan<T> state, Span<T> newState)
    {
        Span<T> window = _windows.AsSpan(step * _windowRow, _windowRow);
        Span<T> newest = window[^_sampleRow..];
        state[_hiddenRow..].CopyTo(window);
        input.CopyTo(newest);
        if (_layout.ReadsTimespan)
            timespans.CopyTo(newest[input.Length..]);
        window[_sampleRow..].CopyTo(newState[_hiddenRow..]);
        Span<T> below = window;
        for (int layer = 0; layer < _activations.Length; layer++)
        {
            Span<T> activations = Row(_activations, layer, step);
            _layout.Layers[layer].Apply(parameters, below, activations);
            ActivationLanes.Apply(_layout.Activation, activations, Row(_slopes, layer, step));
            below = activations;
        }

        below.CopyTo(newState);
    }

    public override void Backward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> timespans, ReadOnlySpan<T> newStateGradient, Span<T> stateGradient,
        Span<T> inputGradient)
    {
        // Each layer's gradient is left in the place of its slopes, for the accumulation.
        newStateGradient[.._hiddenRow].CopyTo(_gradient);
        for (int layer = _slopes.Length - 1; layer >= 0; layer--)
        {
            Lanes.Multiply(Row(_slopes, layer, step), _gradient);
            if (layer == 0)
                break;
            Array.Clear(_gradient);
            _layout.Layers[layer].AddTransposed(parameters, 0, Row(_slopes, layer, step), _gradient);
        }

        stateGradient.Clear();
    }

    public override void Accumulate(GradientSum<T> gradient, int steps)
    {
        ReadOnlySpan<T> below = _windows;
        int belowRow = _windowRow;
        for (int layer = 0; layer < _slopes.Length; layer++)
        {
            _layout.Layers[layer].Accumulate(_slopes[layer], _hiddenRow, below, belowRow, steps, gradient);
            below = _activations[layer];
            belowRow = _hiddenRow;
        }
    }

    private Span<T> Row(T[][] layers, int layer, int step) => layers[layer].AsSpan(step * _hiddenRow, _hiddenRow);
}
