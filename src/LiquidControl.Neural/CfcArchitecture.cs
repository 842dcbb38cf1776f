namespace LiquidControl.Neural;

/// <summary>
/// The shape of a dense CfC network: everything but its weights. The defaults are those of the reference library (ncps 1.0.1).
/// </summary>
public sealed record CfcArchitecture : NetworkArchitecture
{
    private const int MostBackboneLayers = 64;

    /// <summary>Length of the state vector.</summary>
    public required int Units { get; init; }

    public CfcMode Mode { get; init; } = CfcMode.Default;

    public Activation Activation { get; init; } = Activation.LecunTanh;

    public HeadActivation HeadActivation { get; init; } = HeadActivation.Tanh;

    /// <summary>Width of every backbone layer; without meaning when there are no layers.</summary>
    public int BackboneUnits { get; init; } = 128;

    /// <summary>0: the heads read input and state directly.</summary>
    public int BackboneLayers { get; init; } = 1;

    /// <summary>
    /// Whether the network was trained with dropout: it does nothing here, but shifts the numbers in the reference library's keys.
    /// </summary>
    public bool BackboneDropout { get; init; }

    /// <summary>Length of the output after the linear projection; null: the output is the state.</summary>
    public int? ProjectionSize { get; init; }

    public override int NeuronCount => Units;

    public override int OutputSize => ProjectionSize ?? Units;

    public override bool AllowsZeroTimespan => true;

    /// <summary>Length of the vector the heads read.</summary>
    public int HeadInputSize => BackboneLayers == 0 ? CellInputSize + Units : BackboneUnits;

    private protected override void AddCellTensors(List<TensorSpec> tensors)
    {
        if (Mode == CfcMode.Pure) AddPureTensors(tensors);
        for (int layer = 0; layer < BackboneLayers; layer++)
        {
            int inputs = layer == 0 ? CellInputSize + Units : BackboneUnits;
            AddLinear(tensors, CfcKeys.Backbone(layer, BackboneDropout), BackboneUnits, inputs);
        }

        AddLinear(tensors, CfcKeys.Head1, Units, HeadInputSize);
        if (Mode == CfcMode.Pure) return;
        AddLinear(tensors, CfcKeys.Head2, Units, HeadInputSize);
        AddLinear(tensors, CfcKeys.TimeA, Units, HeadInputSize);
        AddLinear(tensors, CfcKeys.TimeB, Units, HeadInputSize);
    }

    private void AddPureTensors(List<TensorSpec> tensors)
    {
        tensors.Add(new TensorSpec(CfcKeys.TimeConstant, [1, Units]));
        tensors.Add(new TensorSpec(CfcKeys.Amplitude, [1, Units]));
    }

    private protected override void AddReadoutTensors(List<TensorSpec> tensors)
    {
        if (ProjectionSize is int projection) AddLinear(tensors, CfcKeys.Projection, projection, Units);
    }

    private protected override void ThrowIfCellInvalid(string file)
    {
        CheckExtent(file, "units", Units);
        Check(file, "backbone layers", BackboneLayers, 0, MostBackboneLayers);
        if (BackboneLayers > 0) CheckExtent(file, "backbone units", BackboneUnits);
        if (ProjectionSize is int projection) CheckExtent(file, "projection size", projection);
        Check(file, "mode", (int)Mode, 0, (int)CfcMode.NoGate);
        Check(file, "activation", (int)Activation, 0, (int)Activation.Gelu);
        Check(file, "head activation", (int)HeadActivation, 0, (int)HeadActivation.LecunTanh);
    }
}
