namespace LiquidControl.Neural.Ode;

/// <summary>How an LTC network is put in closed form.</summary>
public enum LtcClosedFormKind
{
    /// <summary>The published algorithm to the letter: one decaying term a synapse, summed; conductances other than the sigmoids' are not
    /// in it.</summary>
    Published,

    /// <summary>Each neuron's own linear equation solved exactly, its synapses held at their mean activity: what to run.</summary>
    Conductance,
}
