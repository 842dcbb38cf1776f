using System.Numerics;
using LiquidControl.Training.Cells;

namespace LiquidControl.Training.Rivals;

/// <summary>The passes of a GRU (formulas: <see cref="GruArchitecture"/>).</summary>
internal sealed class GruTape<T> : CellTape<T> where T : struct, INumber<T>
{
    private readonly GruLayout _layout;
    private readonly int _readRow;
    private readonly int _joinedRow;
    private readonly int _unitRow;
    private readonly int _gateRow;
    private readonly int _joinedStride;
    private readonly int _gateStride;
    private readonly T[] _joined;
    private readonly T[] _fromInput;
    private readonly T[] _fromState;

    public GruTape(GruLayout layout, int capacity)
    {
        _layout = layout;
        _unitRow = layout.StateSize * Lanes.Count;
        _readRow = layout.InputMap.Inputs * Lanes.Count;
        _joinedRow = _readRow + _unitRow;
        _gateRow = 3 * _unitRow;
        _joinedStride = Lanes.Stride(_joinedRow / Lanes.Count);
        _gateStride = Lanes.Stride(_gateRow / Lanes.Count);
        _joined = new T[capacity * _joinedStride];
        _fromInput = new T[capacity * _gateStride];
        _fromState = new T[capacity * _gateStride];
    }

    public override void Forward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> input, ReadOnlySpan<T> timespans, ReadOnlySpan<T> state, Span<T> newState)
    {
        Span<T> joined = _joined.AsSpan(step * _joinedStride, _joinedRow);
        input.CopyTo(joined);
        if (_layout.ReadsTimespan)
            timespans.CopyTo(joined[input.Length..]);
        state.CopyTo(joined[_readRow..]);
        Span<T> fromInput = Gates(_fromInput, step), fromState = Gates(_fromState, step);
        _layout.InputMap.Apply(parameters, joined, fromInput);
        _layout.RecurrentMap.Apply<T>(parameters, joined[_readRow..], fromState);
        GruLanes.Forward(fromInput, fromState, state, newState);
    }

    public override void Backward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> timespans, ReadOnlySpan<T> newStateGradient, Span<T> stateGradient,
        Span<T> inputGradient)
    {
        Span<T> fromInput = Gates(_fromInput, step), fromState = Gates(_fromState, step);
        ReadOnlySpan<T> state = _joined.AsSpan((step * _joinedStride) + _readRow, _unitRow);
        GruLanes.Backward(fromInput, fromState, state, newStateGradient, stateGradient);
        _layout.RecurrentMap.AddTransposed(parameters, 0, fromState, stateGradient);
        if (inputGradient.IsEmpty)
            return;
        inputGradient.Clear();
        _layout.InputMap.AddTransposed(parameters, 0, fromInput, inputGradient);
    }

    public override void Accumulate(ReadOnlySpan<T> parameters, Span<T> gradient, int steps)
    {
        _layout.InputMap.Accumulate(_fromInput, _gateStride, _joined, _joinedStride, steps, gradient);
        _layout.RecurrentMap.Accumulate(_fromState, _gateStride, _joined.AsSpan(_readRow), _joinedStride, steps, gradient);
    }

    private Span<T> Gates(T[] rows, int step) => rows.AsSpan(step * _gateStride, _gateRow);
}
