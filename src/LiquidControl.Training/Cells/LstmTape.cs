using System.Numerics;

namespace LiquidControl.Training.Cells;

/// <summary>The passes of an LSTM (formulas: <see cref="LstmLayout"/>).</summary>
internal sealed class LstmTape<T> : CellTape<T> where T : struct, INumber<T>
{
    private readonly LstmLayout _layout;
    private readonly int _readRow;
    private readonly int _joinedRow;
    private readonly int _unitRow;
    private readonly int _gateRow;
    private readonly int _joinedStride;
    private readonly int _gateStride;
    private readonly T[] _joined;
    private readonly T[] _gates;
    private readonly T[] _cells;
    private readonly T[] _squashed;

    public LstmTape(LstmLayout layout, int capacity)
    {
        _layout = layout;
        _unitRow = layout.OutputCount * Lanes.Count;
        _readRow = layout.InputMap.Inputs * Lanes.Count;
        _joinedRow = _readRow + _unitRow;
        _gateRow = 4 * _unitRow;
        _joinedStride = Lanes.Stride(_joinedRow / Lanes.Count);
        _gateStride = Lanes.Stride(_gateRow / Lanes.Count);
        _joined = new T[capacity * _joinedStride];
        _gates = new T[capacity * _gateStride];
        _cells = new T[capacity * _unitRow];
        _squashed = new T[capacity * _unitRow];
    }

    public override void Forward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> input, ReadOnlySpan<T> timespans, ReadOnlySpan<T> state, Span<T> newState)
    {
        Span<T> joined = _joined.AsSpan(step * _joinedStride, _joinedRow);
        input.CopyTo(joined);
        if (_layout.ReadsTimespan)
            timespans.CopyTo(joined[input.Length..]);
        state[.._unitRow].CopyTo(joined[_readRow..]);
        state[_unitRow..].CopyTo(Units(_cells, step));
        Span<T> gates = Gates(step);
        _layout.InputMap.Apply(parameters, joined, gates);
        _layout.RecurrentMap.AddProduct<T>(parameters, joined[_readRow..], gates);
        _layout.RecurrentMap.AddBias(parameters, gates);
        LstmLanes.Forward(_layout.Gates, gates, Units(_cells, step), newState[_unitRow..], Units(_squashed, step), newState[.._unitRow]);
    }

    public override void Backward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> timespans, ReadOnlySpan<T> newStateGradient, Span<T> stateGradient,
        Span<T> inputGradient)
    {
        Span<T> gates = Gates(step);
        LstmLanes.Backward(
            _layout.Gates, gates, Units(_cells, step), Units(_squashed, step), newStateGradient[.._unitRow], newStateGradient[_unitRow..],
            stateGradient[_unitRow..]);
        stateGradient[.._unitRow].Clear();
        _layout.RecurrentMap.AddTransposed(parameters, 0, gates, stateGradient[.._unitRow]);
        if (inputGradient.IsEmpty)
            return;
        inputGradient.Clear();
        _layout.InputMap.AddTransposed(parameters, 0, gates, inputGradient);
    }

    public override void Accumulate(ReadOnlySpan<T> parameters, Span<T> gradient, int steps)
    {
        _layout.InputMap.Accumulate(_gates, _gateStride, _joined, _joinedStride, steps, gradient);
        _layout.RecurrentMap.Accumulate(_gates, _gateStride, _joined.AsSpan(_readRow), _joinedStride, steps, gradient);
    }

    private Span<T> Gates(int step) => _gates.AsSpan(step * _gateStride, _gateRow);

    private Span<T> Units(T[] rows, int step) => rows.AsSpan(step * _unitRow, _unitRow);
}
