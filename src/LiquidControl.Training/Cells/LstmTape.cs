using System.Numerics;

namespace LiquidControl.Training.Cells;

/// <summary>The passes of an LSTM (formulas: <see cref="LstmLayout"/>).</summary>
internal sealed class LstmTape<T> : GatedTape<T> where T : struct, INumber<T>
{
    private readonly LstmLayout _layout;
    private readonly T[] _gates;
    private readonly T[] _cells;
    private readonly T[] _squashed;

    public LstmTape(LstmLayout layout, int capacity)
        : base(layout.InputMap, layout.RecurrentMap, layout.ReadsTimespan, capacity)
    {
        _layout = layout;
        _gates = NewGates();
        _cells = new T[capacity * UnitRow];
        _squashed = new T[capacity * UnitRow];
    }

    public override void Forward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> input, ReadOnlySpan<T> timespans, ReadOnlySpan<T> state, Span<T> newState)
    {
        ReadOnlySpan<T> joined = Join(step, input, timespans, state[..UnitRow]);
        state[UnitRow..].CopyTo(Units(_cells, step));
        Span<T> gates = Gates(_gates, step);
        InputMap.Apply(parameters, joined, gates);
        RecurrentMap.AddProduct(parameters, State(step), gates);
        RecurrentMap.AddBias(parameters, gates);
        LstmLanes.Forward(_layout.Gates, gates, Units(_cells, step), newState[UnitRow..], Units(_squashed, step), newState[..UnitRow]);
    }

    public override void Backward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> timespans, ReadOnlySpan<T> newStateGradient, Span<T> stateGradient,
        Span<T> inputGradient)
    {
        Span<T> gates = Gates(_gates, step);
        LstmLanes.Backward(
            _layout.Gates, gates, Units(_cells, step), Units(_squashed, step), newStateGradient[..UnitRow], newStateGradient[UnitRow..],
            stateGradient[UnitRow..]);
        stateGradient[..UnitRow].Clear();
        RecurrentMap.AddTransposed(parameters, 0, gates, stateGradient[..UnitRow]);
        BackwardThroughInput(parameters, gates, inputGradient);
    }

    public override void Accumulate(GradientSum<T> gradient, int steps) =>
        Accumulate(_gates, _gates, gradient, steps);

    private Span<T> Units(T[] rows, int step) => rows.AsSpan(step * UnitRow, UnitRow);
}
