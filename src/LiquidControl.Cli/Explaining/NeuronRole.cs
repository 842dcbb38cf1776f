using LiquidControl.Neural;

namespace LiquidControl.Cli.Explaining;

/// <summary>What the neurons of a state are for, in its order.</summary>
internal static class NeuronRole
{
    /// <summary>[neuron], "neuron" in a dense network.</summary>
    public static string[] Of(NetworkArchitecture architecture)
    {
        var (sizes, isLtc, outputs) = architecture switch
        {
            WiredCfcArchitecture wired => (wired.Wiring.LayerSizes, false, wired.NeuronCount),
            LtcArchitecture ltc => (ltc.Wiring.LayerSizes, true, ltc.OutputSize),
            _ => ([], false, 0),
        };
        if (sizes.Length == 0) return [.. Enumerable.Repeat("neuron", architecture.NeuronCount)];
        if (sizes.Length == 1) return [.. Enumerable.Range(0, architecture.NeuronCount).Select(i => i < outputs ? "motor" : "hidden")];

        // A CfC's state runs from the inputs to the outputs, an LTC's the other way.
        var layers = sizes.Zip(["inter", "command", "motor"], (size, role) => Enumerable.Repeat(role, size));
        return [.. (isLtc ? layers.Reverse() : layers).SelectMany(layer => layer)];
    }
}
