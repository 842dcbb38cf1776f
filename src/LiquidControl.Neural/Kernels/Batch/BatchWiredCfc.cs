namespace LiquidControl.Neural.Kernels;

/// <summary>A CfC wired in layers for a tile of robots.</summary>
internal sealed unsafe class BatchWiredCfc<TSimd, TVector> : BatchNeurons<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly int[] _layerSizes;
    private readonly BatchCell<TSimd, TVector>[] _layers;
    private readonly BatchLayer<TSimd, TVector>? _readout;
    private readonly int _inputs;
    private readonly int _sumsLength;

    public BatchWiredCfc(NetworkWeights weights, WiredCfcArchitecture architecture, float? constantTimespan)
        : base([.. Enumerable.Range(0, architecture.NeuronCount)])
    {
        _inputs = architecture.InputSize;
        _layerSizes = [.. architecture.Wiring.LayerSizes];
        _layers = new BatchCell<TSimd, TVector>[_layerSizes.Length];
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            int index = layer;
            CellRows cell = CellRows.Read(weights, key => CfcKeys.OfLayer(index, key), architecture.Mode, architecture.HeadActivation,
                weights[CfcKeys.OfLayer(layer, CfcKeys.Mask)], 1.0, constantTimespan);
            _layers[layer] = new BatchCell<TSimd, TVector>(
                cell, cell.Solution<TSimd, TVector>(architecture.Mode, architecture.HeadActivation, constantTimespan));
        }

        if (architecture.ProjectionSize is not null) _readout = BatchLayer<TSimd, TVector>.Readout(LinearRows.Read(weights, CfcKeys.Projection));
        _sumsLength = _layers.Max(layer => layer.WorkLength);
        WorkLength = _sumsLength + Enumerable.Range(0, _layers.Length).Max(architecture.HeadInputSize);
    }

    public override int WorkLength { get; }

    public override void Apply(float* z, float* timespan, float* state, float* output, float* work)
    {
        int lanes = BatchTile<TSimd, TVector>.Lanes;
        float* read = work + _sumsLength * lanes;
        float* old = z + (_inputs + _layerSizes[0]) * lanes;
        // Inputs and the first layer's states lie side by side.
        _layers[0].Apply(z, timespan, work, state);
        for (int layer = 1; layer < _layers.Length; layer++)
        {
            int sources = _layerSizes[layer - 1], size = _layerSizes[layer];
            BatchTile<TSimd, TVector>.Copy(state, read, sources);
            BatchTile<TSimd, TVector>.Copy(old, read + sources * lanes, size);
            state += sources * lanes;
            old += size * lanes;
            _layers[layer].Apply(read, timespan, work, state);
        }

        if (_readout is not null) _readout.Apply(state, output);
        else BatchTile<TSimd, TVector>.Copy(state, output, _layerSizes[^1]);
    }
}
