namespace LiquidControl.Neural;

/// <summary>The keys of one kind of LTC synapses.</summary>
internal sealed class LtcSynapseKeys(string prefix, string mask)
{
    public string Slope { get; } = prefix + "sigma";

    public string Midpoint { get; } = prefix + "mu";

    public string Weight { get; } = prefix + "w";

    public string ReversalPotential { get; } = prefix + "erev";

    public string Mask { get; } = mask;
}
