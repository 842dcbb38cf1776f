namespace LiquidControl.Neural;

/// <summary>The state_dict keys of the reference library's mixed memory (ncps 1.0.1, torch).</summary>
public static class LstmKeys
{
    /// <summary>Input to the four gates, in the order candidate, input, forget, output; with a bias.</summary>
    public const string InputMap = "lstm.input_map";

    /// <summary>The neurons' state to the four gates; without a bias.</summary>
    public const string RecurrentMap = "lstm.recurrent_map";
}
