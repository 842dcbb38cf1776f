using System.Numerics;
using LiquidControl.Training.Cells;

namespace LiquidControl.Training.Rivals;

/// <summary>The passes of a GRU (formulas: <see cref="GruArchitecture"/>).</summary>
internal sealed class GruTape<T> : GatedTape<T> where T : struct, INumber<T>
{
    private readonly T[] _fromInput;
    private readonly T[] _fromState;

    public GruTape(GruLayout layout, int capacity)
        : base(layout.InputMap, layout.RecurrentMap, layout.ReadsTimespan, capacity)
    {
        _fromInput = NewGates();
        _fromState = NewGates();
    }

    public override void Forward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> input, ReadOnlySpan<T> timespans, ReadOnlySpan<T> state, Span<T> newState)
    {
        ReadOnlySpan<T> joined = Join(step, input, timespans, state);
        Span<T> fromInput = Gates(_fromInput, step), fromState = Gates(_fromState, step);
        InputMap.Apply(parameters, joined, fromInput);
        RecurrentMap.Apply(parameters, State(step), fromState);
        GruLanes.Forward(fromInput, fromState, state, newState);
    }

    public override void Backward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> timespans, ReadOnlySpan<T> newStateGradient, Span<T> stateGradient,
        Span<T> inputGradient)
    {
        Span<T> fromInput = Gates(_fromInput, step), fromState = Gates(_fromState, step);
        GruLanes.Backward(fromInput, fromState, State(step), newStateGradient, stateGradient);
        RecurrentMap.AddTransposed(parameters, 0, fromState, stateGradient);
        BackwardThroughInput(parameters, fromInput, inputGradient);
    }

    public override void Accumulate(GradientSum<T> gradient, int steps) =>
        Accumulate(_fromInput, _fromState, gradient, steps);
}
