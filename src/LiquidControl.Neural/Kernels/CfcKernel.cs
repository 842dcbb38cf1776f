namespace LiquidControl.Neural.Kernels;

/// <summary>A dense CfC, with or without mixed memory.</summary>
internal sealed unsafe class CfcKernel<TSimd, TVector> : FloatKernel<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly StepLayout _layout;
    private readonly MixedInput<TSimd, TVector>? _memory;
    private readonly PackedLayer<TSimd, TVector>[] _backbone;
    private readonly Activation _activation;
    private readonly PackedCell<TSimd, TVector> _cell;
    private readonly PackedReadout<TSimd, TVector>? _readout;
    private readonly int _layerLength;
    private readonly bool _hasMore;
    private readonly nint _sumsLength;
    private readonly nint _input;
    private readonly nint _state;
    private readonly nint _output;

    public CfcKernel(NetworkWeights weights, CfcArchitecture architecture, KernelPath path, float? constantTimespan)
        : base(weights, path, constantTimespan)
    {
        _activation = architecture.Activation;
        _backbone = new PackedLayer<TSimd, TVector>[architecture.BackboneLayers];
        double factor = 1.0;
        for (int layer = 0; layer < _backbone.Length; layer++)
        {
            LinearRows rows = LinearRows.Read(weights, CfcKeys.Backbone(layer, architecture.BackboneDropout))
                .OfScaledInput(factor).Scaled(PackedActivation<TSimd, TVector>.Slope(_activation));
            _backbone[layer] = PackedLayer<TSimd, TVector>.InOrder(rows);
            _layerLength = StepLayout.Align(_backbone[layer].OutputLength);
            factor = PackedActivation<TSimd, TVector>.Amplitude(_activation);
        }

        _cell = new PackedCell<TSimd, TVector>(
            weights, key => key, architecture.Mode, architecture.HeadActivation, [], factor, constantTimespan);
        if (architecture.ProjectionSize is not null) _readout = new PackedReadout<TSimd, TVector>(LinearRows.Read(weights, CfcKeys.Projection));

        int units = architecture.Units;
        int[] neurons = [.. Enumerable.Range(0, units)];
        _memory = MixedInput<TSimd, TVector>.Create(weights, neurons);
        _layout = new StepLayout(weights.Architecture.InputSize, units, _memory is null ? 0 : units, _readout?.OutputLength ?? 0);
        _hasMore = _memory is not null || _backbone.Length > 0;
        _input = _layout.Input;
        _state = _layout.State;
        _output = _layout.Output;
        _sumsLength = StepLayout.Align(_cell.WorkLength);
        Place(_layout, _layout.Places(neurons, _memory is not null), _readout is null ? _layout.State : _layout.Output,
            (int)_sumsLength + 2 * _layerLength + (_memory?.WorkLength ?? 0));
    }

    private protected override void Advance(float* current, float* next, float* work, float timespan)
    {
        float* z = current + _input;
        if (_hasMore) z = ApplyMore(z, current, next, work + _sumsLength);
        float* state = next + _state;
        _cell.Apply(z, timespan, work, state);
        _readout?.Apply(state, next + _output);
    }

    /// <summary>Memory and backbone: what the heads read then. It lies in the working memory.</summary>
    private float* ApplyMore(float* z, float* current, float* next, float* work)
    {
        if (_memory is not null) z = _memory.Apply(current, next, _layout, work + 2 * _layerLength);
        float* layer = work;
        float* other = work + _layerLength;
        foreach (PackedLayer<TSimd, TVector> backbone in _backbone)
        {
            foreach (ref readonly Panel panel in backbone.Panels.AsSpan())
            {
                panel.Apply(z, layer);
                PackedActivation<TSimd, TVector>.Apply(_activation, layer + panel.First, panel.Length);
            }

            z = layer;
            layer = other;
            other = z;
        }

        return z;
    }
}
