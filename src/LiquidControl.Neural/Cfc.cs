using System.Numerics;
using LiquidControl.Numerics;

namespace LiquidControl.Neural;

/// <summary>
/// A dense closed-form continuous-time network (Hasani et al. 2022, arXiv 2106.13898), as the reference library (ncps 1.0.1, torch)
/// computes it. Immutable; the caller keeps the state, so that one network serves many.
/// </summary>
/// <remarks>
/// z = [input; state], then through the backbone layers z = act(W z + b). With u1 = W_ff1 z + b_ff1, dt the timespan:
/// <code>
/// default:  f1 = tanh u1,  f2 = tanh(W_ff2 z + b_ff2),  g = σ((W_a z + b_a) dt + (W_b z + b_b)),  state' = f1 (1 - g) + g f2
/// no_gate:  state' = f1 + g f2
/// pure:     state' = A - A exp(-dt (|w_tau| + |u1|)) u1
/// </code>
/// output = state', or W_fc state' + b_fc with a projection. The same bits on every machine.
/// </remarks>
public sealed class Cfc<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly LinearLayer<T>[] _backbone;
    private readonly LinearLayer<T> _head1;
    private readonly LinearLayer<T>? _head2;
    private readonly LinearLayer<T>? _timeA;
    private readonly LinearLayer<T>? _timeB;
    private readonly LinearLayer<T>? _projection;
    private readonly T[] _timeConstant = [];
    private readonly T[] _amplitude = [];

    private Cfc(CfcWeights weights)
    {
        CfcArchitecture architecture = weights.Architecture;
        Architecture = architecture;
        _backbone = new LinearLayer<T>[architecture.BackboneLayers];
        for (int layer = 0; layer < _backbone.Length; layer++)
        {
            _backbone[layer] = new LinearLayer<T>(weights, CfcKeys.Backbone(layer, architecture.BackboneDropout));
        }

        _head1 = new LinearLayer<T>(weights, CfcKeys.Head1);
        if (architecture.Mode == CfcMode.Pure)
        {
            _timeConstant = LinearLayer<T>.Round(weights[CfcKeys.TimeConstant]);
            _amplitude = LinearLayer<T>.Round(weights[CfcKeys.Amplitude]);
        }
        else
        {
            _head2 = new LinearLayer<T>(weights, CfcKeys.Head2);
            _timeA = new LinearLayer<T>(weights, CfcKeys.TimeA);
            _timeB = new LinearLayer<T>(weights, CfcKeys.TimeB);
        }

        if (architecture.ProjectionSize is not null) _projection = new LinearLayer<T>(weights, CfcKeys.Projection);
    }

    public CfcArchitecture Architecture { get; }

    public int InputSize => Architecture.InputSize;

    public int StateSize => Architecture.StateSize;

    public int OutputSize => Architecture.OutputSize;

    /// <summary>Length of the scratch memory a step needs; its contents do not matter.</summary>
    public int ScratchLength => InputSize + 5 * StateSize + OutputSize + BackboneScratchLength;

    private int BackboneScratchLength => _backbone.Length == 0 ? 0 : 2 * Architecture.BackboneUnits;

    /// <summary>A network with a copy of these weights, rounded to <typeparamref name="T"/>.</summary>
    public static Cfc<T> Create(CfcWeights weights) => new(weights);

    /// <summary>One step of the network. Allocates nothing; never throws.</summary>
    /// <param name="input">Input, length <see cref="InputSize"/>.</param>
    /// <param name="timespan">Time since the last step, in the unit of training; finite and not negative.</param>
    /// <param name="state">State, length <see cref="StateSize"/>: the old one in, the new one out. All zero at the start.</param>
    /// <param name="output">Output, length <see cref="OutputSize"/>; must not overlap the other spans.</param>
    /// <param name="scratch">Working memory, at least <see cref="ScratchLength"/>.</param>
    public CfcStepResult Step(ReadOnlySpan<T> input, T timespan, Span<T> state, Span<T> output, Span<T> scratch)
    {
        if (input.Length != InputSize) return CfcStepResult.InputLengthWrong;
        if (state.Length != StateSize) return CfcStepResult.StateLengthWrong;
        if (output.Length != OutputSize) return CfcStepResult.OutputLengthWrong;
        if (scratch.Length < ScratchLength) return CfcStepResult.ScratchTooShort;
        if (!T.IsFinite(timespan)) return CfcStepResult.TimespanNotFinite;
        if (timespan < T.Zero) return CfcStepResult.TimespanNegative;
        if (!AllFinite(input)) return CfcStepResult.InputNotFinite;
        if (!AllFinite(state)) return CfcStepResult.StateNotFinite;

        Span<T> z = scratch[..(InputSize + StateSize)];
        Span<T> newState = scratch.Slice(z.Length, StateSize);
        Span<T> newOutput = scratch.Slice(z.Length + StateSize, OutputSize);
        Span<T> layers = scratch[(z.Length + StateSize + OutputSize)..];
        input.CopyTo(z);
        state.CopyTo(z[InputSize..]);

        ReadOnlySpan<T> features = ApplyBackbone(z, layers);
        Span<T> heads = layers[BackboneScratchLength..];
        if (Architecture.Mode == CfcMode.Pure) SolvePure(features, timespan, newState);
        else BlendHeads(features, timespan, newState, heads);
        if (_projection is null) newState.CopyTo(newOutput);
        else _projection.Apply(newState, newOutput);

        if (!AllFinite(newState) || !AllFinite(newOutput)) return CfcStepResult.ResultNotFinite;
        newState.CopyTo(state);
        newOutput.CopyTo(output);
        return CfcStepResult.Ok;
    }

    private Span<T> ApplyBackbone(Span<T> z, Span<T> layers)
    {
        for (int layer = 0; layer < _backbone.Length; layer++)
        {
            Span<T> next = layers.Slice((layer & 1) * Architecture.BackboneUnits, Architecture.BackboneUnits);
            _backbone[layer].Apply(z, next);
            ActivationFunction.Apply(Architecture.Activation, next);
            z = next;
        }

        return z;
    }

    private void SolvePure(ReadOnlySpan<T> z, T timespan, Span<T> newState)
    {
        _head1.Apply(z, newState);
        for (int i = 0; i < newState.Length; i++)
        {
            T u = newState[i];
            T decay = Elementary.Exp(-timespan * (T.Abs(_timeConstant[i]) + T.Abs(u)));
            newState[i] = _amplitude[i] - _amplitude[i] * decay * u;
        }
    }

    private void BlendHeads(ReadOnlySpan<T> z, T timespan, Span<T> newState, Span<T> heads)
    {
        Span<T> head2 = heads[..StateSize];
        Span<T> timeA = heads.Slice(StateSize, StateSize);
        Span<T> timeB = heads.Slice(2 * StateSize, StateSize);
        _head1.Apply(z, newState);
        _head2!.Apply(z, head2);
        _timeA!.Apply(z, timeA);
        _timeB!.Apply(z, timeB);
        bool gated = Architecture.Mode == CfcMode.Default;
        for (int i = 0; i < newState.Length; i++)
        {
            T f1 = Elementary.Tanh(newState[i]);
            T f2 = Elementary.Tanh(head2[i]);
            T gate = Elementary.Sigmoid(timeA[i] * timespan + timeB[i]);
            newState[i] = (gated ? f1 * (T.One - gate) : f1) + gate * f2;
        }
    }

    private static bool AllFinite(ReadOnlySpan<T> values)
    {
        foreach (T value in values)
        {
            if (!T.IsFinite(value)) return false;
        }

        return true;
    }
}
