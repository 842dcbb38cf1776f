namespace LiquidControl.Neural;

/// <summary>The state_dict keys of the reference library's CfC (ncps 1.0.1, torch), dense and wired.</summary>
public static class CfcKeys
{
    public const string Weight = ".weight";
    public const string Bias = ".bias";
    public const string Head1 = Cell + ".ff1";
    public const string Head2 = Cell + ".ff2";
    public const string TimeA = Cell + ".time_a";
    public const string TimeB = Cell + ".time_b";
    public const string TimeConstant = Cell + ".w_tau";
    public const string Amplitude = Cell + ".A";
    public const string Projection = "fc";

    /// <summary>Of a wired layer only: [unit, in + unit], 1 where there is a synapse.</summary>
    public const string Mask = Cell + ".sparsity_mask";

    private const string Cell = "rnn_cell";

    /// <summary>
    /// The key of a backbone layer, without its .weight or .bias: linear layers and activations share one numbering, and dropout, when the
    /// network was trained with it, follows every layer but the first.
    /// </summary>
    public static string Backbone(int layer, bool dropout)
    {
        int index = dropout && layer > 1 ? 3 * layer - 1 : 2 * layer;
        return $"{Cell}.backbone.{index}";
    }

    /// <summary>The key that a tensor of the dense cell has in a layer of a wired network.</summary>
    public static string OfLayer(int layer, string key) => $"{Cell}.layer_{layer}{key[Cell.Length..]}";
}
