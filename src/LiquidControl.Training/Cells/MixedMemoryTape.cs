using System.Numerics;
using LiquidControl.Neural;
using LiquidControl.Numerics;

namespace LiquidControl.Training.Cells;

/// <summary>
/// The passes of liquid neurons beside a memory (formulas: <see cref="MixedMemory{T}"/>). No cell stands around it, so that nobody asks for
/// the gradient of its input.
/// </summary>
/// <param name="neurons">The liquid neurons.</param>
/// <param name="memory">The LSTM.</param>
/// <param name="feedsState">Whether its output is the neurons' state, or else their input.</param>
/// <param name="row">Numbers in the rows of all neurons.</param>
internal sealed class MixedMemoryTape<T>(CellTape<T> neurons, CellTape<T> memory, bool feedsState, int row) : CellTape<T>
    where T : struct, INumber<T>
{
    private readonly T[] _memoryState = new T[2 * row];
    private readonly T[] _memoryGradient = new T[2 * row];
    private readonly T[] _neuronGradient = new T[row];

    public override void Begin(ReadOnlySpan<T> parameters) => neurons.Begin(parameters);

    public override void Forward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> input, ReadOnlySpan<T> timespans, ReadOnlySpan<T> state, Span<T> newState)
    {
        memory.Forward(parameters, step, input, timespans, state, _memoryState);
        ReadOnlySpan<T> output = _memoryState.AsSpan(0, row);
        if (feedsState)
            neurons.Forward(parameters, step, input, timespans, output, newState[..row]);
        else
            neurons.Forward(parameters, step, output, timespans, state[..row], newState[..row]);
        _memoryState.AsSpan(row).CopyTo(newState[row..]);
    }

    public override void BeginBackward() => neurons.BeginBackward();

    public override void Backward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> timespans, ReadOnlySpan<T> newStateGradient, Span<T> stateGradient,
        Span<T> inputGradient)
    {
        Span<T> output = _memoryGradient.AsSpan(0, row);
        newStateGradient[row..].CopyTo(_memoryGradient.AsSpan(row));
        if (feedsState)
            neurons.Backward(parameters, step, timespans, newStateGradient[..row], output, default);
        else
            neurons.Backward(parameters, step, timespans, newStateGradient[..row], _neuronGradient, output);
        memory.Backward(parameters, step, timespans, _memoryGradient, stateGradient, default);
        if (!feedsState)
            Lanes.Add(stateGradient[..row], _neuronGradient);
    }

    public override void AddKept(ReadOnlySpan<T> parameters, Span<T> gradient) => neurons.AddKept(parameters, gradient);

    public override void Accumulate(GradientSum<T> gradient, int steps)
    {
        neurons.Accumulate(gradient, steps);
        memory.Accumulate(gradient, steps);
    }

    public override void DrawDropout(int step, int lane, RandomStream random) => neurons.DrawDropout(step, lane, random);
}
