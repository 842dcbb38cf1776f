using System.Numerics;

namespace LiquidControl.Neural;

/// <summary>
/// A network of liquid neurons that can be stepped: dense or wired CfC or LTC, with or without mixed memory. Immutable; the caller keeps the
/// state, so that one network serves many. The same bits on every machine.
/// </summary>
/// <remarks>
/// The state at any time t after the last sample is the step of length t from the state at that sample, with the sample's input held:
/// <see cref="StateAt"/> evaluates it without stepping. It is a closed form in t, not a flow: at t = 0 a CfC does not return the state it
/// started from, and two steps of t/2 differ from one of t, because each evaluation feeds the state back into gate and heads. So query as
/// often as you like, but step only at samples, as in training.
/// </remarks>
public abstract class Network<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly bool _allowsZeroTimespan;

    private protected Network(NetworkArchitecture architecture, int workLength)
    {
        Architecture = architecture;
        InputSize = architecture.InputSize;
        StateSize = architecture.StateSize;
        OutputSize = architecture.OutputSize;
        WorkLength = workLength;
        _allowsZeroTimespan = architecture.AllowsZeroTimespan;
    }

    public NetworkArchitecture Architecture { get; }

    public int InputSize { get; }

    public int StateSize { get; }

    public int OutputSize { get; }

    /// <summary>Length of the scratch memory a step needs; its contents do not matter.</summary>
    public int ScratchLength => StateSize + OutputSize + WorkLength;

    /// <summary>What <see cref="Advance"/> needs.</summary>
    internal int WorkLength { get; }

    /// <summary>A network with a copy of these weights, rounded to <typeparamref name="T"/>.</summary>
    public static Network<T> Create(NetworkWeights weights)
    {
        NetworkArchitecture architecture = weights.Architecture;
        Network<T> cell = architecture.WithoutMemory() switch
        {
            CfcArchitecture dense => new Cfc<T>(weights, dense),
            WiredCfcArchitecture wired => new WiredCfc<T>(weights, wired),
            LtcArchitecture ltc => new Ltc<T>(weights, ltc),
            NetworkArchitecture other => throw new ArgumentException($"No network is computed for {other.GetType().Name}.", nameof(weights)),
        };
        return architecture.Memory == MemoryCoupling.None ? cell : new MixedMemory<T>(weights, cell);
    }

    /// <summary>One step of the network. Allocates nothing; never throws.</summary>
    /// <param name="input">Input, length <see cref="InputSize"/>.</param>
    /// <param name="timespan">Time since the last step, in the unit of training; finite, not negative, and for an LTC above zero.</param>
    /// <param name="state">State, length <see cref="StateSize"/>: the old one in, the new one out. All zero at the start.</param>
    /// <param name="output">Output, length <see cref="OutputSize"/>; must not overlap the other spans.</param>
    /// <param name="scratch">Working memory, at least <see cref="ScratchLength"/>.</param>
    public StepResult Step(ReadOnlySpan<T> input, T timespan, Span<T> state, Span<T> output, Span<T> scratch) =>
        StateAt(input, timespan, state, state, output, scratch);

    /// <summary>
    /// The state and the output <paramref name="elapsed"/> after a sample, without stepping. Allocates nothing; never throws.
    /// </summary>
    /// <param name="input">The sample's input, length <see cref="InputSize"/>.</param>
    /// <param name="elapsed">Time since the sample, as the timespan of a step.</param>
    /// <param name="state">State at the sample, length <see cref="StateSize"/>.</param>
    /// <param name="stateAt">State then, length <see cref="StateSize"/>; may be <paramref name="state"/>.</param>
    /// <param name="output">Output then, length <see cref="OutputSize"/>; must not overlap the other spans.</param>
    /// <param name="scratch">Working memory, at least <see cref="ScratchLength"/>.</param>
    public StepResult StateAt(
        ReadOnlySpan<T> input, T elapsed, ReadOnlySpan<T> state, Span<T> stateAt, Span<T> output, Span<T> scratch)
    {
        if (input.Length != InputSize) return StepResult.InputLengthWrong;
        if (state.Length != StateSize || stateAt.Length != StateSize) return StepResult.StateLengthWrong;
        if (output.Length != OutputSize) return StepResult.OutputLengthWrong;
        if (scratch.Length < ScratchLength) return StepResult.ScratchTooShort;
        if (!T.IsFinite(elapsed)) return StepResult.TimespanNotFinite;
        if (elapsed < T.Zero) return StepResult.TimespanNegative;
        if (elapsed == T.Zero && !_allowsZeroTimespan) return StepResult.TimespanZero;
        if (!AllFinite(input)) return StepResult.InputNotFinite;
        if (!AllFinite(state)) return StepResult.StateNotFinite;

        Span<T> newState = scratch[..StateSize];
        Span<T> newOutput = scratch.Slice(StateSize, OutputSize);
        Advance(input, elapsed, state, newState, newOutput, scratch[(StateSize + OutputSize)..]);
        if (!AllFinite(newState) || !AllFinite(newOutput)) return StepResult.ResultNotFinite;
        newState.CopyTo(stateAt);
        newOutput.CopyTo(output);
        return StepResult.Ok;
    }

    /// <summary>The step itself, on arguments that were checked and do not overlap.</summary>
    internal abstract void Advance(
        ReadOnlySpan<T> input, T timespan, ReadOnlySpan<T> state, Span<T> newState, Span<T> newOutput, Span<T> work);

    /// <summary>
    /// Writes down what a step of <see cref="Advance"/> from these arguments computes on its way. For study, not for the loop: it costs a step
    /// and allocates.
    /// </summary>
    /// <param name="input">Input, length <see cref="InputSize"/>.</param>
    /// <param name="timespan">Of the step.</param>
    /// <param name="state">The state before the step.</param>
    /// <param name="newState">The state after it.</param>
    /// <param name="probe">For as many neurons as the network has.</param>
    internal abstract void Inspect(
        ReadOnlySpan<T> input, T timespan, ReadOnlySpan<T> state, ReadOnlySpan<T> newState, NetworkProbe<T> probe);

    private static bool AllFinite(ReadOnlySpan<T> values)
    {
        foreach (T value in values)
        {
            if (!T.IsFinite(value)) return false;
        }

        return true;
    }
}
