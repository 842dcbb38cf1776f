using LiquidControl.Neural.Wirings;

namespace LiquidControl.Neural;

/// <summary>
/// The shape of a CfC network whose neurons are wired in layers, as an NCP is: one CfC cell a layer, without backbone, each reading the
/// layer before it (the first one the input) through the wiring's synapses, and itself densely.
/// </summary>
public sealed record WiredCfcArchitecture : NetworkArchitecture
{
    public required WiringRecipe Wiring { get; init; }

    public CfcMode Mode { get; init; } = CfcMode.Default;

    public HeadActivation HeadActivation { get; init; } = HeadActivation.Tanh;

    /// <summary>Length of the output after the linear projection; null: the output is the last layer's state.</summary>
    public int? ProjectionSize { get; init; }

    public override int NeuronCount => Wiring.Units;

    public override int OutputSize => ProjectionSize ?? Wiring.LayerSizes[^1];

    public override bool AllowsZeroTimespan => true;

    /// <summary>Length of the vector that a layer's heads read: the layer before it, then the layer itself.</summary>
    public int HeadInputSize(int layer) => (layer == 0 ? CellInputSize : Wiring.LayerSizes[layer - 1]) + Wiring.LayerSizes[layer];

    private protected override void AddCellTensors(List<TensorSpec> tensors)
    {
        for (int layer = 0; layer < Wiring.LayerSizes.Length; layer++)
        {
            int units = Wiring.LayerSizes[layer];
            int inputs = HeadInputSize(layer);
            tensors.Add(new TensorSpec(CfcKeys.OfLayer(layer, CfcKeys.Mask), [units, inputs], IsMask: true));
            if (Mode == CfcMode.Pure)
            {
                tensors.Add(new TensorSpec(CfcKeys.OfLayer(layer, CfcKeys.TimeConstant), [1, units]));
                tensors.Add(new TensorSpec(CfcKeys.OfLayer(layer, CfcKeys.Amplitude), [1, units]));
            }

            AddLinear(tensors, CfcKeys.OfLayer(layer, CfcKeys.Head1), units, inputs);
            if (Mode == CfcMode.Pure) continue;
            AddLinear(tensors, CfcKeys.OfLayer(layer, CfcKeys.Head2), units, inputs);
            AddLinear(tensors, CfcKeys.OfLayer(layer, CfcKeys.TimeA), units, inputs);
            AddLinear(tensors, CfcKeys.OfLayer(layer, CfcKeys.TimeB), units, inputs);
        }
    }

    private protected override void AddReadoutTensors(List<TensorSpec> tensors)
    {
        if (ProjectionSize is int projection) AddLinear(tensors, CfcKeys.Projection, projection, Wiring.LayerSizes[^1]);
    }

    private protected override void ThrowIfCellInvalid(string file)
    {
        Wiring.ThrowIfInvalid(file, CellInputSize);
        Check(file, "mode", (int)Mode, 0, (int)CfcMode.NoGate);
        Check(file, "head activation", (int)HeadActivation, 0, (int)HeadActivation.LecunTanh);
        if (ProjectionSize is not int projection) return;
        CheckExtent(file, "projection size", projection);
        int last = Wiring.LayerSizes[^1];
        if (Wiring.OutputSize != last)
        {
            // The reference library builds this and fails at the first step: its projection expects the wiring's output_dim.
            throw new ModelFormatException(file, "output_dim", $"{Wiring.OutputSize} with a projection",
                $"{last}, the size of the wiring's last layer", "Leave proj_size out, or let output_dim be units.");
        }
    }
}
