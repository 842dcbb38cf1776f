namespace LiquidControl.Neural;

/// <summary>The keys of one kind of LTC synapses.</summary>
public sealed class LtcSynapseKeys
{
    internal LtcSynapseKeys(string prefix, string mask)
    {
        Slope = prefix + "sigma";
        Midpoint = prefix + "mu";
        Weight = prefix + "w";
        ReversalPotential = prefix + "erev";
        Mask = mask;
    }

    public string Slope { get; }

    public string Midpoint { get; }

    public string Weight { get; }

    public string ReversalPotential { get; }

    public string Mask { get; }
}
