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
    private readonly PackedReadout? _readout;
    private readonly int _layerLength;

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
            _backbone[layer] = new PackedLayer<TSimd, TVector>(rows, PackedLayer<TSimd, TVector>.InOrder(rows.Rows));
            _layerLength = StepLayout.Align(_backbone[layer].OutputLength);
            factor = PackedActivation<TSimd, TVector>.Amplitude(_activation);
        }

        _cell = new PackedCell<TSimd, TVector>(
            weights, key => key, architecture.Mode, architecture.HeadActivation, [], factor, constantTimespan);
        if (architecture.ProjectionSize is not null) _readout = new PackedReadout(LinearRows.Read(weights, CfcKeys.Projection), path);

        int units = architecture.Units;
        int[] neurons = [.. Enumerable.Range(0, units)];
        _memory = MixedInput<TSimd, TVector>.Create(weights, neurons);
        _layout = new StepLayout(weights.Architecture.InputSize, units, _memory is null ? 0 : units, _readout?.OutputLength ?? 0);
        Place(_layout, _layout.Places(neurons, _memory is not null), _readout is null ? _layout.State : _layout.Output,
            2 * _layerLength + _cell.WorkLength + (_memory?.WorkLength ?? 0));
    }

    private protected override void Advance(float* current, float* next, float* work, float timespan)
    {
        float* sums = work + 2 * _layerLength;
        float* z = current + _layout.Input;
        if (_memory is not null) z = _memory.Apply(current, next, _layout, sums + _cell.WorkLength);
        float* layer = work;
        foreach (PackedLayer<TSimd, TVector> backbone in _backbone)
        {
            backbone.Apply(z, layer);
            PackedActivation<TSimd, TVector>.Apply(_activation, layer, backbone.OutputLength);
            z = layer;
            layer = layer == work ? work + _layerLength : work;
        }

        _cell.Apply(z, timespan, sums, next + _layout.State);
        _readout?.Apply(next + _layout.State, next + _layout.Output);
    }
}
