namespace LiquidControl.Neural.Explanation;

/// <summary>What a synapse does to the neuron it leads to.</summary>
public enum SynapseKind
{
    /// <summary>It may do either: a CfC's weights depend on head and gate, not on the synapse alone.</summary>
    Neutral,

    /// <summary>It pulls the neuron up: an LTC's reversal potential above zero.</summary>
    Excitatory,

    /// <summary>It pulls the neuron down: an LTC's reversal potential not above zero.</summary>
    Inhibitory,
}
