using System.Numerics;

namespace LiquidControl.Neural;

/// <summary>
/// A dense closed-form continuous-time network (Hasani et al. 2022, arXiv 2106.13898), as the reference library (ncps 1.0.1, torch)
/// computes it.
/// </summary>
/// <remarks>
/// z = [input; state], then through the backbone layers z = act(W z + b). With u1 = W_ff1 z + b_ff1, dt the timespan:
/// <code>
/// default:  f1 = tanh u1,  f2 = tanh(W_ff2 z + b_ff2),  g = σ((W_a z + b_a) dt + (W_b z + b_b)),  state' = f1 (1 - g) + g f2
/// no_gate:  state' = f1 + g f2
/// pure:     state' = A - A exp(-dt (|w_tau| + |u1|)) u1
/// </code>
/// output = state', or W_fc state' + b_fc with a projection. Other ports put another function in the place of the heads' tanh:
/// <see cref="HeadActivation"/>.
/// </remarks>
public sealed class Cfc<T> : Network<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly CfcArchitecture _architecture;
    private readonly LinearLayer<T>[] _backbone;
    private readonly CfcCell<T> _cell;
    private readonly LinearLayer<T>? _projection;

    internal Cfc(NetworkWeights weights, CfcArchitecture architecture)
        : base(architecture, architecture.CellInputSize + architecture.Units + BackboneWorkLength(architecture)
            + CfcCell<T>.WorkLength(architecture.Units))
    {
        _architecture = architecture;
        _backbone = new LinearLayer<T>[architecture.BackboneLayers];
        for (int layer = 0; layer < _backbone.Length; layer++)
        {
            _backbone[layer] = new LinearLayer<T>(weights, CfcKeys.Backbone(layer, architecture.BackboneDropout));
        }

        _cell = new CfcCell<T>(weights, key => key, architecture.Mode, architecture.HeadActivation, []);
        if (architecture.ProjectionSize is not null) _projection = new LinearLayer<T>(weights, CfcKeys.Projection);
    }

    internal override void Advance(
        ReadOnlySpan<T> input, T timespan, ReadOnlySpan<T> state, Span<T> newState, Span<T> newOutput, Span<T> work)
    {
        ReadOnlySpan<T> z = ApplyBackbone(input, state, work);
        _cell.Advance(z, timespan, newState, work[^CfcCell<T>.WorkLength(newState.Length)..]);
        if (_projection is null) newState.CopyTo(newOutput);
        else _projection.Apply(newState, newOutput);
    }

    internal override void Inspect(
        ReadOnlySpan<T> input, T timespan, ReadOnlySpan<T> state, ReadOnlySpan<T> newState, NetworkProbe<T> probe) =>
        _cell.Inspect(ApplyBackbone(input, state, new T[WorkLength]), timespan, probe, 0, state.Length);

    /// <summary>What the heads read; it lies in the work memory.</summary>
    private Span<T> ApplyBackbone(ReadOnlySpan<T> input, ReadOnlySpan<T> state, Span<T> work)
    {
        Span<T> z = work[..(input.Length + state.Length)];
        Span<T> layers = work.Slice(z.Length, BackboneWorkLength(_architecture));
        input.CopyTo(z);
        state.CopyTo(z[input.Length..]);
        for (int layer = 0; layer < _backbone.Length; layer++)
        {
            Span<T> next = layers.Slice((layer & 1) * _architecture.BackboneUnits, _architecture.BackboneUnits);
            _backbone[layer].Apply(z, next);
            ActivationFunction.Apply(_architecture.Activation, next);
            z = next;
        }

        return z;
    }

    /// <summary>Two layers take turns.</summary>
    private static int BackboneWorkLength(CfcArchitecture architecture) =>
        architecture.BackboneLayers == 0 ? 0 : 2 * architecture.BackboneUnits;
}
