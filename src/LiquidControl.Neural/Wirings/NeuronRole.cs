namespace LiquidControl.Neural.Wirings;

/// <summary>What a neuron is for, in the terms of Lechner et al. 2020 (neural circuit policies).</summary>
public enum NeuronRole
{
    /// <summary>Reads the inputs; in a wiring without layers every neuron that is no output.</summary>
    Inter,

    /// <summary>Between inter and motor neurons, with synapses among themselves.</summary>
    Command,

    /// <summary>An output of the network.</summary>
    Motor,
}
