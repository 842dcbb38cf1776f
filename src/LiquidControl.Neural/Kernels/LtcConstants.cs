namespace LiquidControl.Neural.Kernels;

/// <summary>The parameters of an LTC network as its kernels hold them, neuron by neuron in the order of their states.</summary>
/// <remarks>
/// Neurons are sorted by the number of their synapses, so that a block of them, one a lane, has lists of about one length. The order of a
/// neuron's own sums does not depend on its place.
/// </remarks>
internal sealed class LtcConstants
{
    private readonly LtcParameters<double> _parameters;

    public LtcConstants(NetworkWeights weights, LtcArchitecture architecture)
    {
        LtcParameters<double> parameters = LtcParameters<double>.From(weights);
        _parameters = parameters;
        int units = architecture.NeuronCount;
        Order = [.. Enumerable.Range(0, units).OrderByDescending(Synapses).ThenBy(neuron => neuron)];
        Places = new int[units];
        for (int i = 0; i < units; i++) Places[Order[i]] = i;
        InputWeight = LinearLayer<float>.Round(parameters.InputWeight);
        InputBias = LinearLayer<float>.Round(parameters.InputBias);
        OutputWeight = LinearLayer<float>.Round(parameters.OutputWeight);
        OutputBias = LinearLayer<float>.Round(parameters.OutputBias);
        Capacitance = InOrder(neuron => parameters.Capacitance[neuron]);
        Leak = InOrder(neuron => parameters.LeakConductance[neuron] + architecture.Epsilon);
        LeakCurrent = InOrder(neuron => parameters.LeakConductance[neuron] * parameters.LeakPotential[neuron]);
    }

    /// <summary>[place], the neuron there.</summary>
    public int[] Order { get; }

    /// <summary>[neuron], its place.</summary>
    public int[] Places { get; }

    /// <summary>[input].</summary>
    public float[] InputWeight { get; }

    /// <summary>[input].</summary>
    public float[] InputBias { get; }

    /// <summary>[output]; output i reads neuron i.</summary>
    public float[] OutputWeight { get; }

    /// <summary>[output].</summary>
    public float[] OutputBias { get; }

    /// <summary>[place].</summary>
    public float[] Capacitance { get; }

    /// <summary>[place], the leak's conductance, with the solver's ε.</summary>
    public float[] Leak { get; }

    /// <summary>[place], the leak's conductance times its potential.</summary>
    public float[] LeakCurrent { get; }

    /// <summary>From the inputs, after their mapping.</summary>
    public PackedSynapses<TSimd, TVector> Sensory<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => new(_parameters.Sensory, Order, [.. Enumerable.Range(0, InputWeight.Length)]);

    /// <summary>From the states.</summary>
    public PackedSynapses<TSimd, TVector> Recurrent<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => new(_parameters.Recurrent, Order, Places);

    private int Synapses(int neuron) => _parameters.Recurrent.First[neuron + 1] - _parameters.Recurrent.First[neuron];

    private float[] InOrder(Func<int, double> ofNeuron) => [.. Order.Select(neuron => (float)ofNeuron(neuron))];
}
