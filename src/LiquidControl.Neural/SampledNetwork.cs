using System.Numerics;

namespace LiquidControl.Neural;

/// <summary>
/// A network with its state and the last sample it saw: step it when a sample comes, ask it for any time after. Not thread-safe; allocates
/// only when it is made.
/// </summary>
public sealed class SampledNetwork<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _input;
    private readonly T[] _state;
    private readonly T[] _output;
    private readonly T[] _scratch;

    public SampledNetwork(Network<T> network)
    {
        Network = network;
        _input = new T[network.InputSize];
        _state = new T[network.StateSize];
        _output = new T[network.OutputSize];
        _scratch = new T[network.ScratchLength];
    }

    public Network<T> Network { get; }

    /// <summary>State at the last sample.</summary>
    public ReadOnlySpan<T> State => _state;

    /// <summary>Output at the last sample.</summary>
    public ReadOnlySpan<T> Output => _output;

    /// <summary>Forgets: state, output and last sample are zero.</summary>
    public void Reset()
    {
        Array.Clear(_input);
        Array.Clear(_state);
        Array.Clear(_output);
    }

    /// <summary>Puts the network into a state, length <see cref="Network{T}.StateSize"/>, with no sample yet.</summary>
    public void Reset(ReadOnlySpan<T> state)
    {
        Reset();
        state.CopyTo(_state);
    }

    /// <summary>Takes a sample: one step. Unless the result is Ok nothing has changed. Allocates nothing; never throws.</summary>
    /// <param name="input">Length <see cref="Network{T}.InputSize"/>.</param>
    /// <param name="timespan">Time since the last sample.</param>
    public StepResult Step(ReadOnlySpan<T> input, T timespan)
    {
        StepResult result = Network.Step(input, timespan, _state, _output, _scratch);
        if (result == StepResult.Ok) input.CopyTo(_input);
        return result;
    }

    /// <summary>
    /// State and output <paramref name="elapsed"/> after the last sample, its input held; what that means is said at
    /// <see cref="Network{T}"/>. Changes nothing. Allocates nothing; never throws.
    /// </summary>
    public StepResult StateAt(T elapsed, Span<T> state, Span<T> output) =>
        Network.StateAt(_input, elapsed, _state, state, output, _scratch);
}
