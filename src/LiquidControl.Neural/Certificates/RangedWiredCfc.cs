namespace LiquidControl.Neural.Certificates;

/// <summary><see cref="WiredCfc{T}"/> over ranges, layer by layer.</summary>
internal sealed class RangedWiredCfc : RangedStep
{
    private readonly WiredCfcArchitecture _architecture;
    private readonly Rounding _rounding;
    private readonly RangedCell[] _layers;
    private readonly RangedLayer? _projection;

    public RangedWiredCfc(NetworkWeights weights, WiredCfcArchitecture architecture, Interval timespan, Rounding rounding)
    {
        _architecture = architecture;
        _rounding = rounding;
        _layers = new RangedCell[architecture.Wiring.LayerSizes.Length];
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            int index = layer;
            _layers[layer] = new(weights, key => CfcKeys.OfLayer(index, key), architecture.Mode, architecture.HeadActivation,
                weights[CfcKeys.OfLayer(layer, CfcKeys.Mask)], timespan, rounding);
        }

        if (architecture.ProjectionSize is not null) _projection = RangedLayer.Read(weights, CfcKeys.Projection, rounding);
    }

    public override Interval[] Seed => new Interval[_architecture.NeuronCount];

    public override string WhyUnbounded(int state) => WhyCfcUnbounded(_architecture.Mode, _architecture.HeadActivation);

    public override RangedResult Advance(Ranged[] input, Ranged[] state)
    {
        List<Ranged> newState = [];
        Ranged[] before = input;
        foreach ((RangedCell layer, int size) in _layers.Zip(_architecture.Wiring.LayerSizes))
        {
            before = layer.Advance([.. before, .. state.AsSpan(newState.Count, size)]);
            newState.AddRange(before);
        }

        return new([.. newState], _projection is null ? before : _projection.Apply(before, _rounding));
    }
}
