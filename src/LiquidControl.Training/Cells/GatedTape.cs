using System.Numerics;

namespace LiquidControl.Training.Cells;

/// <summary>What GRU and LSTM record alike: their gates come of one linear map of the input and one of the state.</summary>
internal abstract class GatedTape<T> : CellTape<T> where T : struct, INumber<T>
{
    private readonly bool _readsTimespan;
    private readonly int _stateStart;
    private readonly int _joinedRow;
    private readonly int _joinedStride;
    private readonly int _gateRow;
    private readonly int _gateStride;
    private readonly int _capacity;
    private readonly T[] _joined;

    /// <param name="inputMap">From the input, and the timespan where that is read, to the gates.</param>
    /// <param name="recurrentMap">From the units to the gates.</param>
    /// <param name="readsTimespan">Whether the timespan is an input.</param>
    /// <param name="capacity">The longest chunk, in steps.</param>
    protected GatedTape(LinearBlock inputMap, LinearBlock recurrentMap, bool readsTimespan, int capacity)
    {
        InputMap = inputMap;
        RecurrentMap = recurrentMap;
        _readsTimespan = readsTimespan;
        _capacity = capacity;
        UnitRow = recurrentMap.Inputs * Lanes.Count;
        _stateStart = inputMap.Inputs * Lanes.Count;
        _joinedRow = _stateStart + UnitRow;
        _gateRow = inputMap.Outputs * Lanes.Count;
        _joinedStride = Lanes.Stride(_joinedRow / Lanes.Count);
        _gateStride = Lanes.Stride(_gateRow / Lanes.Count);
        _joined = new T[capacity * _joinedStride];
    }

    protected LinearBlock InputMap { get; }

    protected LinearBlock RecurrentMap { get; }

    /// <summary>Units × lanes.</summary>
    protected int UnitRow { get; }

    /// <summary>Room for a step's gates, chunk long.</summary>
    protected T[] NewGates() => new T[_capacity * _gateStride];

    protected Span<T> Gates(T[] rows, int step) => rows.AsSpan(step * _gateStride, _gateRow);

    /// <summary>The old units of a step.</summary>
    protected ReadOnlySpan<T> State(int step) => _joined.AsSpan((step * _joinedStride) + _stateStart, UnitRow);

    /// <summary>Records what the maps of a step read, and gives the whole of it: input, timespan, then units.</summary>
    protected ReadOnlySpan<T> Join(int step, ReadOnlySpan<T> input, ReadOnlySpan<T> timespans, ReadOnlySpan<T> units)
    {
        Span<T> joined = _joined.AsSpan(step * _joinedStride, _joinedRow);
        input.CopyTo(joined);
        if (_readsTimespan)
            timespans.CopyTo(joined[input.Length..]);
        units.CopyTo(joined[_stateStart..]);
        return joined;
    }

    /// <summary>From the gradient of what the input's map gave to that of the input, if anybody asks.</summary>
    protected void BackwardThroughInput(ReadOnlySpan<T> parameters, ReadOnlySpan<T> gates, Span<T> inputGradient)
    {
        if (inputGradient.IsEmpty)
            return;
        inputGradient.Clear();
        InputMap.AddTransposed(parameters, 0, gates, inputGradient);
    }

    /// <summary>Adds the gradients of both maps, from those of what they gave.</summary>
    protected void Accumulate(T[] fromInput, T[] fromState, GradientSum<T> gradient, int steps)
    {
        InputMap.Accumulate(fromInput, _gateStride, _joined, _joinedStride, steps, gradient);
        RecurrentMap.Accumulate(fromState, _gateStride, _joined.AsSpan(_stateStart), _joinedStride, steps, gradient);
    }
}
