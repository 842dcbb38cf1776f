using System.Collections.Immutable;

namespace LiquidControl.Neural.Kernels;

/// <summary>A CfC wired in layers, with or without mixed memory.</summary>
/// <remarks>
/// The layers' states lie one after the other. Each layer's heads read a vector that is assembled in working memory: the layer before it, then
/// the layer itself. A masked weight is a zero here, since it shares its place in a vector with a time head, which is never masked; the batch
/// form, one state across the vector, leaves it out.
/// </remarks>
internal sealed unsafe class WiredCfcKernel<TSimd, TVector> : FloatKernel<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly StepLayout _layout;
    private readonly ImmutableArray<int> _layerSizes;
    private readonly PackedCell<TSimd, TVector>[] _layers;
    private readonly MixedInput<TSimd, TVector>? _memory;
    private readonly PackedReadout? _readout;
    private readonly int _inputs;
    private readonly int _lastLayer;
    private readonly int _sumsLength;
    private readonly int _readLength;

    public WiredCfcKernel(NetworkWeights weights, WiredCfcArchitecture architecture, KernelPath path, float? constantTimespan)
        : base(weights, path, constantTimespan)
    {
        _layerSizes = architecture.Wiring.LayerSizes;
        _layers = new PackedCell<TSimd, TVector>[_layerSizes.Length];
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            int index = layer;
            _layers[layer] = new PackedCell<TSimd, TVector>(weights, key => CfcKeys.OfLayer(index, key), architecture.Mode,
                architecture.HeadActivation, weights[CfcKeys.OfLayer(layer, CfcKeys.Mask)], 1.0, constantTimespan);
            _sumsLength = int.Max(_sumsLength, StepLayout.Align(_layers[layer].WorkLength));
            _readLength = int.Max(_readLength, StepLayout.Align(architecture.HeadInputSize(layer)));
        }

        if (architecture.ProjectionSize is not null) _readout = new PackedReadout(LinearRows.Read(weights, CfcKeys.Projection), path);
        int units = architecture.NeuronCount;
        int[] neurons = [.. Enumerable.Range(0, units)];
        _memory = MixedInput<TSimd, TVector>.Create(weights, neurons);
        // Coupled to its input, the network reads the memory's output, a number for each neuron.
        _inputs = architecture.CellInputSize;
        _layout = new StepLayout(weights.Architecture.InputSize, units, _memory is null ? 0 : units, _readout?.OutputLength ?? 0);
        _lastLayer = _layout.State + units - _layerSizes[^1];
        Place(_layout, _layout.Places(neurons, _memory is not null), _readout is null ? _lastLayer : _layout.Output,
            _sumsLength + _readLength + (_memory?.WorkLength ?? 0));
    }

    private protected override void Advance(float* current, float* next, float* work, float timespan)
    {
        float* z = work + _sumsLength;
        float* before = current + _layout.Input;
        float* old = current + _layout.State;
        if (_memory is not null)
        {
            before = _memory.Apply(current, next, _layout, z + _readLength);
            old = before + _inputs;
        }

        float* state = next + _layout.State;
        int sources = _inputs;
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            int size = _layerSizes[layer];
            new ReadOnlySpan<float>(before, sources).CopyTo(new Span<float>(z, sources));
            new ReadOnlySpan<float>(old, size).CopyTo(new Span<float>(z + sources, size));
            _layers[layer].Apply(z, timespan, work, state);
            before = state;
            sources = size;
            state += size;
            old += size;
        }

        _readout?.Apply(next + _lastLayer, next + _layout.Output);
    }
}
