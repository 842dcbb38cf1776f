using System.Numerics;
using LiquidControl.Numerics;

namespace LiquidControl.Training.Cells;

/// <summary>
/// One recurrent cell over a segment of steps and <see cref="Lanes.Count"/> sequences side by side. Forward passes record what the backward
/// pass needs; that runs over the same steps from last to first. Cells may hold cells. All spans are rows of lanes.
/// </summary>
internal abstract class CellTape<T> where T : struct, INumber<T>
{
    /// <summary>Before the first step of a segment: takes up the parameters.</summary>
    public virtual void Begin(ReadOnlySpan<T> parameters)
    {
    }

    /// <summary>From a step's input and old state to its new state.</summary>
    public abstract void Forward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> input, ReadOnlySpan<T> timespans, ReadOnlySpan<T> state, Span<T> newState);

    /// <summary>Before the backward pass of the last segment: what <see cref="AddKept"/> adds starts from nothing.</summary>
    public virtual void BeginBackward()
    {
    }

    /// <summary>
    /// From the loss gradient of a step's new state to those of its old state and of its input, which are overwritten.
    /// </summary>
    /// <param name="parameters">Those of the forward pass.</param>
    /// <param name="step">The step.</param>
    /// <param name="timespans">Those of the forward pass.</param>
    /// <param name="newStateGradient">[state × lanes].</param>
    /// <param name="stateGradient">[state × lanes].</param>
    /// <param name="inputGradient">[input × lanes]; empty: nobody asks.</param>
    public abstract void Backward(
        ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> timespans, ReadOnlySpan<T> newStateGradient, Span<T> stateGradient,
        Span<T> inputGradient);

    /// <summary>
    /// After the backward passes of all segments: adds the parameter gradients that <see cref="Backward"/> itself has summed up since
    /// <see cref="BeginBackward"/>.
    /// </summary>
    public virtual void AddKept(ReadOnlySpan<T> parameters, Span<T> gradient)
    {
    }

    /// <summary>
    /// After the backward pass of a segment, the first segment first: adds the parameter gradients that follow from what is recorded.
    /// </summary>
    public virtual void Accumulate(GradientSum<T> gradient, int steps)
    {
    }

    /// <summary>Draws anew which units one lane leaves out in one step.</summary>
    public virtual void DrawDropout(int step, int lane, RandomStream random)
    {
    }
}
