using LiquidControl.Numerics;

namespace LiquidControl.Neural.Tests.Ode;

/// <summary>
/// An LTC network of a driving network's shape (32 inputs; 12 inter, 6 command, 1 motor neuron; fan-outs 6 and 4, 4 recurrent synapses,
/// motor fan-in 6) with weights drawn from the reference library's initial ranges, and sines for inputs.
/// </summary>
internal sealed class DrivingNetwork
{
    private const string Cell = "rnn_cell.";
    private const int Inputs = 32, Units = 19, FirstCommand = 1, Commands = 6, FirstInter = 7, Inters = 12, Steps = 300;
    private readonly RandomStream _random;

    public DrivingNetwork(ulong seed, double timespan)
    {
        _random = new RandomStream(seed);
        // The golden AutoNCP has the same counts of units and outputs, which is all the closed form asks of an architecture.
        Weights = new NetworkWeights(ReferenceVectors.Load(Golden.Json("ltc_autoncp_19_1_8in")).Weights.Architecture with { InputSize = Inputs });
        Fill("gleak", 0.001, 1.0);
        Fill("vleak", -0.2, 0.2);
        Fill("cm", 0.4, 0.6);
        foreach (string kind in (string[])["", "sensory_"])
        {
            Fill(kind + "w", 0.001, 1.0);
            Fill(kind + "sigma", 3.0, 8.0);
            Fill(kind + "mu", 0.3, 0.8);
            foreach (ref double erev in Weights[Cell + kind + "erev"]) erev = _random.NextInt(2) == 0 ? -1.0 : 1.0;
        }

        Weights[Cell + "input_w"].Fill(1.0);
        Weights[Cell + "output_w"].Fill(1.0);
        for (int i = 0; i < Inputs; i++) Connect("sensory_sparsity_mask", i, FirstInter, Inters, 6);
        for (int i = FirstInter; i < Units; i++) Connect("sparsity_mask", i, FirstCommand, Commands, 4);
        for (int k = 0; k < 4; k++) Connect("sparsity_mask", FirstCommand + _random.NextInt(Commands), FirstCommand, Commands, 1);
        for (int i = FirstCommand; i < FirstInter; i++) Connect("sparsity_mask", i, 0, 1, 1);
        Sequence = Sines(timespan);
    }

    public NetworkWeights Weights { get; }

    public ReferenceSequence Sequence { get; }

    private void Fill(string key, double low, double high)
    {
        foreach (ref double value in Weights[Cell + key]) value = _random.Uniform(low, high);
    }

    private void Connect(string mask, int source, int first, int count, int synapses)
    {
        Span<double> row = Weights[Cell + mask].Slice(source * Units, Units);
        while (synapses > 0)
        {
            ref double place = ref row[first + _random.NextInt(count)];
            if (place != 0.0 && count > synapses) continue;
            place = 1.0;
            synapses--;
        }
    }

    private ReferenceSequence Sines(double timespan)
    {
        double[][] waves =
            [.. Enumerable.Range(0, Inputs).Select(_ => (double[])[_random.Uniform(0.3, 1.0), _random.Uniform(0.3, 3.0), _random.Uniform(0.0, 6.0)])];
        return new ReferenceSequence
        {
            Name = "sines",
            InitialState = [.. new double[Units]],
            Inputs =
                [.. Enumerable.Range(0, Steps).Select(k => (double[])[.. waves.Select(w => 0.5 + w[0] * Elementary.Sin(w[1] * k * timespan + w[2]))])],
            Timespans = [.. Enumerable.Repeat(timespan, Steps)],
            Outputs = [],
            States = [],
        };
    }
}
