namespace LiquidControl.Control;

/// <summary>
/// The network inside a policy: normalised inputs to normalised outputs, its state its own. On an arm it is a compiled kernel; an evaluation
/// puts rivals in its place, so that they meet the same features, bounds and watch.
/// </summary>
public interface IPolicyNetwork
{
    int InputSize { get; }

    int OutputSize { get; }

    /// <summary>Numbers in the state.</summary>
    int StateSize { get; }

    void Reset();

    /// <summary>One step; false when input or output was not finite (the output then means nothing). Allocates nothing.</summary>
    /// <param name="input">Length <see cref="InputSize"/>.</param>
    /// <param name="timespan">Time since the last step, in the unit of training.</param>
    /// <param name="output">Length <see cref="OutputSize"/>.</param>
    bool Evaluate(ReadOnlySpan<float> input, float timespan, Span<float> output);

    /// <summary>The state, as many numbers as it has.</summary>
    void ReadState(Span<float> state);
}
