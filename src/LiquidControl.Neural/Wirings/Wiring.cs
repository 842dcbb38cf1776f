using System.Collections.Immutable;

namespace LiquidControl.Neural.Wirings;

/// <summary>
/// Which synapses a network has and their polarity, as a <see cref="WiringRecipe"/> drew them. Neurons have the reference library's ids
/// (ncps 1.0.1): motor neurons first, then command, then inter neurons; that is the order of an LTC's state. A CfC's state is in the order
/// of <see cref="Layers"/> instead.
/// </summary>
public sealed class Wiring
{
    /// <summary>Inter, command and motor neurons; all other wirings have one layer.</summary>
    private const int LayersWithRoles = 3;

    private readonly sbyte[] _synapses;
    private readonly sbyte[] _sensorySynapses;

    /// <param name="recipe">What it was drawn from.</param>
    /// <param name="synapses">Units × Units, row-major (source, destination), kept.</param>
    /// <param name="sensorySynapses">Inputs × Units, row-major (input, destination), kept.</param>
    internal Wiring(WiringRecipe recipe, sbyte[] synapses, sbyte[] sensorySynapses)
    {
        Units = recipe.Units;
        OutputSize = recipe.OutputSize;
        Layers = recipe.Layers;
        InputSize = sensorySynapses.Length / Units;
        _synapses = synapses;
        _sensorySynapses = sensorySynapses;
        SynapseCount = synapses.Length - synapses.AsSpan().Count((sbyte)0);
        SensorySynapseCount = sensorySynapses.Length - sensorySynapses.AsSpan().Count((sbyte)0);
    }

    /// <summary>Length of the input vector.</summary>
    public int InputSize { get; }

    /// <summary>Number of neurons.</summary>
    public int Units { get; }

    /// <summary>Number of motor neurons, whose ids are 0 to OutputSize - 1.</summary>
    public int OutputSize { get; }

    /// <summary>The neurons of each layer of a wired CfC: inter, command, motor; or all neurons in one layer.</summary>
    public ImmutableArray<ImmutableArray<int>> Layers { get; }

    /// <summary>Number of synapses between neurons.</summary>
    public int SynapseCount { get; }

    /// <summary>Number of synapses from inputs to neurons.</summary>
    public int SensorySynapseCount { get; }

    /// <summary>The reference library's adjacency_matrix: -1, 0 or +1, Units × Units, row-major (source, destination).</summary>
    public ReadOnlySpan<sbyte> Synapses => _synapses;

    /// <summary>The reference library's sensory_adjacency_matrix: -1, 0 or +1, InputSize × Units, row-major (input, destination).</summary>
    public ReadOnlySpan<sbyte> SensorySynapses => _sensorySynapses;

    /// <summary>+1: excitatory, -1: inhibitory, 0: there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron.</exception>
    public int Synapse(int source, int destination)
    {
        ThrowIfNotBelow(source, Units, nameof(source));
        ThrowIfNotBelow(destination, Units, nameof(destination));
        return _synapses[source * Units + destination];
    }

    /// <summary>+1: excitatory, -1: inhibitory, 0: there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input or neuron.</exception>
    public int SensorySynapse(int input, int destination)
    {
        ThrowIfNotBelow(input, InputSize, nameof(input));
        ThrowIfNotBelow(destination, Units, nameof(destination));
        return _sensorySynapses[input * Units + destination];
    }

    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron.</exception>
    public NeuronRole RoleOf(int neuron)
    {
        ThrowIfNotBelow(neuron, Units, nameof(neuron));
        if (neuron < OutputSize) return NeuronRole.Motor;
        return Layers.Length == LayersWithRoles && neuron < OutputSize + Layers[1].Length ? NeuronRole.Command : NeuronRole.Inter;
    }

    /// <summary>
    /// What a wired CfC's layer multiplies into the weights of its heads ff1 and ff2, as the reference library keeps it under the key
    /// sparsity_mask (wired_cfc_cell.py, cfc_cell.py): shape (neurons of the layer, inputs of the layer + neurons of the layer), row-major,
    /// 1 where there is a synapse and 0 elsewhere. The inputs are the network's for layer 0 and else the neurons of the layer before.
    /// Inside a layer every neuron reads every other, whatever synapses the wiring has there.
    /// </summary>
    /// <param name="layer">Index into <see cref="Layers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public double[] CfcMask(int layer)
    {
        ThrowIfNotBelow(layer, Layers.Length, nameof(layer));
        ImmutableArray<int> neurons = Layers[layer];
        int inputs = layer == 0 ? InputSize : Layers[layer - 1].Length;
        int width = inputs + neurons.Length;
        double[] mask = new double[neurons.Length * width];
        for (int row = 0; row < neurons.Length; row++)
        {
            Span<double> entries = mask.AsSpan(row * width, width);
            for (int i = 0; i < inputs; i++)
            {
                int polarity = layer == 0 ? SensorySynapse(i, neurons[row]) : Synapse(Layers[layer - 1][i], neurons[row]);
                entries[i] = Math.Abs(polarity);
            }

            entries[inputs..].Fill(1.0);
        }

        return mask;
    }

    private static void ThrowIfNotBelow(int index, int count, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count, name);
    }
}
