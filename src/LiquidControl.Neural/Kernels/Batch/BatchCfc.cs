namespace LiquidControl.Neural.Kernels;

/// <summary>A dense CfC for a tile of robots.</summary>
internal sealed unsafe class BatchCfc<TSimd, TVector> : BatchNeurons<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly BatchLayer<TSimd, TVector>[] _backbone;
    private readonly int _backboneUnits;
    private readonly Activation _activation;
    private readonly BatchCell<TSimd, TVector> _cell;
    private readonly BatchLayer<TSimd, TVector>? _readout;
    private readonly int _units;

    public BatchCfc(NetworkWeights weights, CfcArchitecture architecture, float? constantTimespan)
        : base([.. Enumerable.Range(0, architecture.Units)])
    {
        _units = architecture.Units;
        _activation = architecture.Activation;
        _backboneUnits = architecture.BackboneUnits;
        _backbone = [.. Enumerable.Range(0, architecture.BackboneLayers)
            .Select(layer => BatchLayer<TSimd, TVector>.Dense(BackboneRows.Read(weights, architecture, layer)))];
        CellRows cell = CellRows.Read(weights, key => key, architecture.Mode, architecture.HeadActivation, [],
            BackboneRows.Factor(architecture), constantTimespan);
        _cell = new BatchCell<TSimd, TVector>(
            cell, cell.Solution<TSimd, TVector>(architecture.Mode, architecture.HeadActivation, constantTimespan));
        if (architecture.ProjectionSize is not null) _readout = BatchLayer<TSimd, TVector>.Readout(LinearRows.Read(weights, CfcKeys.Projection));
        WorkLength = _cell.WorkLength + 2 * _backboneUnits;
    }

    public override int WorkLength { get; }

    public override void Apply(float* z, float* timespan, float* state, float* output, float* work)
    {
        if (_backbone.Length > 0) z = ApplyBackbone(z, work + _cell.WorkLength * BatchTile<TSimd, TVector>.Lanes);
        _cell.Apply(z, timespan, work, state);
        if (_readout is not null) _readout.Apply(state, output);
        else BatchTile<TSimd, TVector>.Copy(state, output, _units);
    }

    /// <summary>What the heads read then. It lies in the working memory.</summary>
    private float* ApplyBackbone(float* z, float* work)
    {
        int length = _backboneUnits * BatchTile<TSimd, TVector>.Lanes;
        float* layer = work;
        float* other = work + length;
        foreach (BatchLayer<TSimd, TVector> backbone in _backbone)
        {
            backbone.Apply(z, layer);
            PackedActivation<TSimd, TVector>.Apply(_activation, layer, length);
            z = layer;
            layer = other;
            other = z;
        }

        return z;
    }
}
