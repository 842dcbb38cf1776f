using System.Collections.Immutable;

namespace LiquidControl.Neural.Explanation;

/// <summary>What one neuron did over a recording.</summary>
/// <param name="State">Mean and range of its state after each step.</param>
/// <param name="Gate">Mean and range of its gate g; null for a neuron without one (an LTC's, or a CfC's in mode pure).</param>
/// <param name="TimeConstant">
/// Median and range of its time constant, in timespan units. CfC: 1/|t_a|, the logistic time constant of the gate σ(t_a t + t_b); in mode
/// pure 1/(|w_tau| + |u1|); LTC: cm/(gleak + Σ R) over its synapses after the step. Infinite where the neuron does not feel time.
/// </param>
/// <param name="Saturation">
/// Part of the steps in which a head is beyond 0.99 of its range or the gate below 0.01 or above 0.99; for an LTC the mean part of the
/// neuron's synapses whose sigmoid is so; null in mode pure, whose head has no range.
/// </param>
public sealed record NeuronActivity(Spread State, Spread? Gate, Spread TimeConstant, double? Saturation)
{
    /// <summary>One for each neuron, in the order of the state.</summary>
    /// <exception cref="ModelFormatException">The network refuses a step of the recording.</exception>
    public static ImmutableArray<NeuronActivity> Of(Network<double> network, Recording recording)
    {
        int neurons = network.Architecture.NeuronCount;
        int steps = recording.Inputs.Length;
        CfcMode? mode = network.Architecture switch
        {
            CfcArchitecture dense => dense.Mode,
            WiredCfcArchitecture wired => wired.Mode,
            _ => null,
        };
        ImmutableArray<double[]> states = recording.Run(network);
        NetworkProbe<double>[] probes = new NetworkProbe<double>[steps];
        for (int step = 0; step < steps; step++)
        {
            probes[step] = new NetworkProbe<double>(neurons);
            network.Inspect(recording.Inputs[step], recording.Timespans[step], states[step], states[step + 1], probes[step]);
        }

        return [.. Enumerable.Range(0, neurons).Select(neuron => new NeuronActivity(
            Spread.WithMean([.. states.Skip(1).Select(state => state[neuron])]),
            mode is CfcMode.Default or CfcMode.NoGate ? Spread.WithMean([.. probes.Select(probe => probe.Gate[neuron])]) : null,
            Spread.WithMedian([.. probes.Select(probe => 1.0 / probe.Rate[neuron])]),
            mode == CfcMode.Pure ? null : probes.Average(probe => probe.Saturation[neuron])))];
    }
}
