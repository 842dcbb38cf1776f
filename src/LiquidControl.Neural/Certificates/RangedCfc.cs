namespace LiquidControl.Neural.Certificates;

/// <summary><see cref="Cfc{T}"/> over ranges.</summary>
internal sealed class RangedCfc : RangedStep
{
    private readonly CfcArchitecture _architecture;
    private readonly Rounding _rounding;
    private readonly RangedLayer[] _backbone;
    private readonly RangedCell _cell;
    private readonly RangedLayer? _projection;

    public RangedCfc(NetworkWeights weights, CfcArchitecture architecture, Interval timespan, Rounding rounding)
    {
        _architecture = architecture;
        _rounding = rounding;
        _backbone =
        [
            .. Enumerable.Range(0, architecture.BackboneLayers)
                .Select(layer => RangedLayer.Read(weights, CfcKeys.Backbone(layer, architecture.BackboneDropout), rounding)),
        ];
        _cell = new(weights, key => key, architecture.Mode, architecture.HeadActivation, [], timespan, rounding);
        if (architecture.ProjectionSize is not null) _projection = RangedLayer.Read(weights, CfcKeys.Projection, rounding);
    }

    public override Interval[] Seed => new Interval[_architecture.Units];

    public override string WhyUnbounded(int state) => WhyCfcUnbounded(_architecture.Mode, _architecture.HeadActivation);

    public override RangedResult Advance(Ranged[] input, Ranged[] state)
    {
        Ranged[] z = [.. input, .. state];
        foreach (RangedLayer layer in _backbone)
        {
            z = layer.Apply(z, _rounding);
            for (int i = 0; i < z.Length; i++) z[i] = RangedFunctions.Backbone(_architecture.Activation, z[i], _rounding);
        }

        Ranged[] newState = _cell.Advance(z);
        return new(newState, _projection is null ? newState : _projection.Apply(newState, _rounding));
    }
}
