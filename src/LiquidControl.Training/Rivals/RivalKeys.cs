namespace LiquidControl.Training.Rivals;

/// <summary>The keys of the rivals' cells: those of torch's modules, held as "rnn" or "mlp".</summary>
internal static class RivalKeys
{
    public const string InputWeight = "rnn.weight_ih_l0";
    public const string RecurrentWeight = "rnn.weight_hh_l0";
    public const string InputBias = "rnn.bias_ih_l0";
    public const string RecurrentBias = "rnn.bias_hh_l0";

    /// <summary>A linear layer of torch's Sequential, whose numbers count the activations too.</summary>
    public static string Hidden(int layer) => $"mlp.{2 * layer}";
}
