using System.Collections.Immutable;
using System.Numerics;

namespace LiquidControl.Neural;

/// <summary>
/// A CfC wired in layers (inter, command, motor neurons of an NCP; or one layer), as the reference library (ncps 1.0.1, torch) computes
/// it: each layer is a <see cref="Cfc{T}"/> cell without backbone that reads the new state of the layer before it and its own old state.
/// </summary>
/// <remarks>
/// Only the heads follow the wiring's synapses; within a layer, and in the time heads, every neuron reads every other. The state holds the
/// layers in that order; the output is the last layer's state, or its projection.
/// </remarks>
public sealed class WiredCfc<T> : Network<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly ImmutableArray<int> _layerSizes;
    private readonly CfcCell<T>[] _layers;
    private readonly LinearLayer<T>? _projection;

    internal WiredCfc(NetworkWeights weights, WiredCfcArchitecture architecture)
        : base(architecture, LongestLayer(architecture) + CfcCell<T>.WorkLength(architecture.NeuronCount))
    {
        _layerSizes = architecture.Wiring.LayerSizes;
        _layers = new CfcCell<T>[_layerSizes.Length];
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            int index = layer;
            _layers[layer] = new CfcCell<T>(weights, key => CfcKeys.OfLayer(index, key), architecture.Mode, architecture.HeadActivation,
                weights[CfcKeys.OfLayer(layer, CfcKeys.Mask)]);
        }

        if (architecture.ProjectionSize is not null) _projection = new LinearLayer<T>(weights, CfcKeys.Projection);
    }

    internal override void Advance(
        ReadOnlySpan<T> input, T timespan, ReadOnlySpan<T> state, Span<T> newState, Span<T> newOutput, Span<T> work)
    {
        Span<T> heads = work[^CfcCell<T>.WorkLength(state.Length)..];
        ReadOnlySpan<T> before = input;
        int start = 0;
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            int size = _layerSizes[layer];
            Span<T> z = work[..(before.Length + size)];
            before.CopyTo(z);
            state.Slice(start, size).CopyTo(z[before.Length..]);
            Span<T> next = newState.Slice(start, size);
            _layers[layer].Advance(z, timespan, next, heads);
            before = next;
            start += size;
        }

        if (_projection is null) before.CopyTo(newOutput);
        else _projection.Apply(before, newOutput);
    }

    internal override void Inspect(
        ReadOnlySpan<T> input, T timespan, ReadOnlySpan<T> state, ReadOnlySpan<T> newState, NetworkProbe<T> probe)
    {
        ReadOnlySpan<T> before = input;
        int start = 0;
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            int size = _layerSizes[layer];
            _layers[layer].Inspect([.. before, .. state.Slice(start, size)], timespan, probe, start, size);
            before = newState.Slice(start, size);
            start += size;
        }
    }

    private static int LongestLayer(WiredCfcArchitecture architecture) =>
        Enumerable.Range(0, architecture.Wiring.LayerSizes.Length).Max(architecture.HeadInputSize);
}
