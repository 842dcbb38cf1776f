using LiquidControl.Neural.Wirings;

namespace LiquidControl.Neural;

/// <summary>The shape of an LTC network, the ODE-solved network that the closed form replaces; see <see cref="Ltc{T}"/>.</summary>
public sealed record LtcArchitecture : NetworkArchitecture
{
    private const int MostUnfolds = 1000;

    public required WiringRecipe Wiring { get; init; }

    public LtcMapping InputMapping { get; init; } = LtcMapping.Affine;

    public LtcMapping OutputMapping { get; init; } = LtcMapping.Affine;

    /// <summary>Semi-implicit steps of the solver in one step of the network.</summary>
    public int OdeUnfolds { get; init; } = 6;

    /// <summary>Added to the solver's denominator.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>
    /// Whether conductances and capacitances are the softplus of the stored numbers ("implicit"), or the numbers themselves, which training
    /// then keeps from falling below zero ("explicit").
    /// </summary>
    public bool ImplicitConstraints { get; init; } = true;

    /// <summary>Added to every timespan, in the unit of training; some ports of the network do so to keep clear of zero.</summary>
    public double TimespanOffset { get; init; }

    public override int NeuronCount => Wiring.Units;

    public override int OutputSize => Wiring.OutputSize;

    /// <summary>The solver divides by its step.</summary>
    public override bool AllowsZeroTimespan => TimespanOffset > 0.0;

    private protected override void AddCellTensors(List<TensorSpec> tensors)
    {
        int units = Wiring.Units;
        foreach (string key in (string[])[LtcKeys.LeakConductance, LtcKeys.LeakPotential, LtcKeys.Capacitance])
        {
            tensors.Add(new TensorSpec(key, [units]));
        }

        AddSynapses(tensors, LtcKeys.Recurrent, units);
        AddSynapses(tensors, LtcKeys.Sensory, CellInputSize);
        tensors.Add(new TensorSpec(LtcKeys.Recurrent.Mask, [units, units], IsMask: true));
        tensors.Add(new TensorSpec(LtcKeys.Sensory.Mask, [CellInputSize, units], IsMask: true));
        if (InputMapping != LtcMapping.None) tensors.Add(new TensorSpec(LtcKeys.InputWeight, [CellInputSize]));
        if (InputMapping == LtcMapping.Affine) tensors.Add(new TensorSpec(LtcKeys.InputBias, [CellInputSize]));
        if (OutputMapping != LtcMapping.None) tensors.Add(new TensorSpec(LtcKeys.OutputWeight, [OutputSize]));
        if (OutputMapping == LtcMapping.Affine) tensors.Add(new TensorSpec(LtcKeys.OutputBias, [OutputSize]));
    }

    private void AddSynapses(List<TensorSpec> tensors, LtcSynapseKeys keys, int sources)
    {
        foreach (string key in (string[])[keys.Slope, keys.Midpoint, keys.Weight, keys.ReversalPotential])
        {
            tensors.Add(new TensorSpec(key, [sources, Wiring.Units]));
        }
    }

    private protected override void ThrowIfCellInvalid(string file)
    {
        Wiring.ThrowIfInvalid(file, CellInputSize);
        Check(file, "ode_unfolds", OdeUnfolds, 1, MostUnfolds);
        Check(file, "input_mapping", (int)InputMapping, 0, (int)LtcMapping.None);
        Check(file, "output_mapping", (int)OutputMapping, 0, (int)LtcMapping.None);
        CheckNotNegative("epsilon", Epsilon);
        CheckNotNegative("timespan_offset", TimespanOffset);

        void CheckNotNegative(string name, double value)
        {
            if (value >= 0.0 && double.IsFinite(value)) return;
            throw new ModelFormatException(file, name, $"{value}", "a finite number not below zero", "Correct the architecture.");
        }
    }
}
