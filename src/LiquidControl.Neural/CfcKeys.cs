namespace LiquidControl.Neural;

/// <summary>The state_dict keys of the reference library's dense CfC (ncps 1.0.1, torch).</summary>
public static class CfcKeys
{
    public const string Weight = ".weight";
    public const string Bias = ".bias";
    public const string Head1 = "rnn_cell.ff1";
    public const string Head2 = "rnn_cell.ff2";
    public const string TimeA = "rnn_cell.time_a";
    public const string TimeB = "rnn_cell.time_b";
    public const string TimeConstant = "rnn_cell.w_tau";
    public const string Amplitude = "rnn_cell.A";
    public const string Projection = "fc";

    /// <summary>
    /// The key of a backbone layer, without its .weight or .bias: linear layers and activations share one numbering, and dropout, when the
    /// network was trained with it, follows every layer but the first.
    /// </summary>
    public static string Backbone(int layer, bool dropout)
    {
        int index = dropout && layer > 1 ? 3 * layer - 1 : 2 * layer;
        return $"rnn_cell.backbone.{index}";
    }
}
