namespace LiquidControl.Neural;

/// <summary>
/// The state_dict keys of the reference library's LTC (ncps 1.0.1, torch). Synapse tensors are [source, destination]; of their entries only
/// those count where the mask is 1.
/// </summary>
public static class LtcKeys
{
    public const string LeakConductance = Cell + "gleak";
    public const string LeakPotential = Cell + "vleak";
    public const string Capacitance = Cell + "cm";
    public const string InputWeight = Cell + "input_w";
    public const string InputBias = Cell + "input_b";
    public const string OutputWeight = Cell + "output_w";
    public const string OutputBias = Cell + "output_b";

    private const string Cell = "rnn_cell.";

    /// <summary>Of synapses between neurons.</summary>
    public static LtcSynapseKeys Recurrent { get; } = new(Cell, Cell + "sparsity_mask");

    /// <summary>Of synapses from inputs to neurons.</summary>
    public static LtcSynapseKeys Sensory { get; } = new(Cell + "sensory_", Cell + "sensory_sparsity_mask");
}
