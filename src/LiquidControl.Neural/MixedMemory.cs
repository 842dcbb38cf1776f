using System.Numerics;
using LiquidControl.Numerics;

namespace LiquidControl.Neural;

/// <summary>
/// A network whose neurons share their step with an LSTM, so that it remembers for longer (Lechner and Hasani 2020, arXiv 2006.04418), as the
/// reference library (ncps 1.0.1) computes it. The state is the neurons' h, then the memory's c.
/// </summary>
/// <remarks>
/// <code>
/// [i; ig; fg; og] = W_in x + b_in + W_rec h
/// c' = c σ(fg + forget bias) + tanh(i) σ(ig),  m = tanh(c') σ(og)
/// coupled to the state: h' = network(x, m);  coupled to the input: h' = network(m, h)
/// </code>
/// </remarks>
public sealed class MixedMemory<T> : Network<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly LinearLayer<T> _inputMap;
    private readonly LinearLayer<T> _recurrentMap;
    private readonly T _forgetBias;
    private readonly bool _feedsState;

    internal MixedMemory(NetworkWeights weights, Network<T> network)
        : base(weights.Architecture, 9 * weights.Architecture.NeuronCount + network.WorkLength)
    {
        _network = network;
        _inputMap = new LinearLayer<T>(weights, LstmKeys.InputMap);
        _recurrentMap = new LinearLayer<T>(weights, LstmKeys.RecurrentMap);
        _forgetBias = T.CreateTruncating(weights.Architecture.ForgetGateBias);
        _feedsState = weights.Architecture.Memory == MemoryCoupling.State;
    }

    internal override void Advance(
        ReadOnlySpan<T> input, T timespan, ReadOnlySpan<T> state, Span<T> newState, Span<T> newOutput, Span<T> work)
    {
        int units = state.Length / 2;
        ReadOnlySpan<T> hidden = state[..units];
        ReadOnlySpan<T> memory = ApplyMemory(input, state, newState[units..], work);
        Span<T> rest = work[(9 * units)..];
        if (_feedsState) _network.Advance(input, timespan, memory, newState[..units], newOutput, rest);
        else _network.Advance(memory, timespan, hidden, newState[..units], newOutput, rest);
    }

    internal override void Inspect(
        ReadOnlySpan<T> input, T timespan, ReadOnlySpan<T> state, ReadOnlySpan<T> newState, NetworkProbe<T> probe)
    {
        int units = state.Length / 2;
        ReadOnlySpan<T> memory = ApplyMemory(input, state, new T[units], new T[WorkLength]);
        if (_feedsState) _network.Inspect(input, timespan, memory, newState[..units], probe);
        else _network.Inspect(memory, timespan, state[..units], newState[..units], probe);
    }

    /// <summary>The memory's output m; it lies in the work memory.</summary>
    private Span<T> ApplyMemory(ReadOnlySpan<T> input, ReadOnlySpan<T> state, Span<T> newCell, Span<T> work)
    {
        int units = state.Length / 2;
        Span<T> gates = work[..(4 * units)];
        Span<T> recurrent = work.Slice(4 * units, 4 * units);
        Span<T> memory = work.Slice(8 * units, units);
        _inputMap.Apply(input, gates);
        _recurrentMap.Apply(state[..units], recurrent);
        for (int i = 0; i < gates.Length; i++) gates[i] += recurrent[i];
        Remember(gates, state[units..], newCell, memory);
        return memory;
    }

    private void Remember(ReadOnlySpan<T> gates, ReadOnlySpan<T> cell, Span<T> newCell, Span<T> memory)
    {
        int units = cell.Length;
        for (int i = 0; i < units; i++)
        {
            T candidate = Elementary.Tanh(gates[i]);
            T inputGate = Elementary.Sigmoid(gates[units + i]);
            T forgetGate = Elementary.Sigmoid(gates[2 * units + i] + _forgetBias);
            T outputGate = Elementary.Sigmoid(gates[3 * units + i]);
            newCell[i] = cell[i] * forgetGate + candidate * inputGate;
            memory[i] = Elementary.Tanh(newCell[i]) * outputGate;
        }
    }
}
