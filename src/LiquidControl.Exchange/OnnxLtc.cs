using LiquidControl.Neural;

namespace LiquidControl.Exchange;

/// <summary>
/// An LTC's step as nodes of a graph, its unfolds one after the other; the formula is that of <see cref="Ltc{T}"/>. Synapses are dense
/// here, those that do not exist with weight 0.
/// </summary>
internal static class OnnxLtc
{
    /// <summary>Beyond this the graph would be larger than its weights by far.</summary>
    public const int MostUnfolds = 64;

    public static (string State, string Output) Step(
        OnnxLayers layers, LtcParameters<double> parameters, string input, string timespan, string state)
    {
        LtcArchitecture architecture = parameters.Architecture;
        int units = architecture.NeuronCount;
        string Row(string name, double[] values) => layers.Constant(name, values, 1, values.Length);

        string mapped = layers.Node("Add", layers.Node("Mul", input, Row("input_w", parameters.InputWeight)),
            Row("input_b", parameters.InputBias));
        Synapses sensory = new(layers, "sensory", parameters.Sensory, architecture.CellInputSize, units);
        Synapses recurrent = new(layers, "recurrent", parameters.Recurrent, units, units);

        string step = layers.Node("Div", layers.Node("Add", timespan, layers.Scalar(architecture.TimespanOffset)),
            layers.Scalar(architecture.OdeUnfolds));
        string capacitance = layers.Node("Div", Row("cm", parameters.Capacitance), step);
        double[] leak = [.. parameters.LeakConductance.Zip(parameters.LeakPotential, (conductance, potential) => conductance * potential)];
        (string sensoryCurrent, string sensoryConductance) = sensory.Sum(mapped);
        string current = layers.Node("Add", Row("leak_current", leak), sensoryCurrent);
        double[] still = [.. parameters.LeakConductance.Select(conductance => conductance + architecture.Epsilon)];
        string conductance = layers.Node("Add", layers.Node("Add", capacitance, Row("gleak", still)), sensoryConductance);
        for (int unfold = 0; unfold < architecture.OdeUnfolds; unfold++)
        {
            (string synapseCurrent, string synapseConductance) = recurrent.Sum(state);
            string numerator = layers.Node("Add", layers.Node("Add", layers.Node("Mul", capacitance, state), current), synapseCurrent);
            state = layers.Node("Div", numerator, layers.Node("Add", conductance, synapseConductance));
        }

        string motor = architecture.OutputSize == units ? state : layers.Slice(state, 0, architecture.OutputSize);
        string output = layers.Node("Add", layers.Node("Mul", motor, Row("output_w", parameters.OutputWeight)),
            Row("output_b", parameters.OutputBias));
        return (state, output);
    }

    /// <summary>The synapses of one kind as matrices [source, destination].</summary>
    private sealed class Synapses
    {
        private readonly OnnxLayers _layers;
        private readonly string _weight;
        private readonly string _slope;
        private readonly string _midpoint;
        private readonly string _reversal;
        private readonly string _axis;

        public Synapses(OnnxLayers layers, string name, LtcSynapses<double> synapses, int sources, int units)
        {
            _layers = layers;
            _weight = Matrix("w", synapses.Weight);
            _slope = Matrix("sigma", synapses.Slope);
            _midpoint = Matrix("mu", synapses.Midpoint);
            _reversal = Matrix("erev", synapses.Reversal);
            _axis = layers.Graph.Whole(name + "_axis", 0);

            string Matrix(string part, double[] values)
            {
                double[] dense = new double[sources * units];
                for (int j = 0; j < units; j++)
                {
                    for (int k = synapses.First[j]; k < synapses.First[j + 1]; k++) dense[synapses.Source[k] * units + j] = values[k];
                }

                return layers.Constant($"{name}_{part}", dense, sources, units);
            }
        }

        /// <summary>Σ R erev and Σ R, a row each.</summary>
        public (string Current, string Conductance) Sum(string sources)
        {
            string distance = _layers.Node("Sub", _layers.Node("Transpose", sources), _midpoint);
            string r = _layers.Node("Mul", _weight, _layers.Node("Sigmoid", _layers.Node("Mul", _slope, distance)));
            return (_layers.Node("ReduceSum", _layers.Node("Mul", r, _reversal), _axis), _layers.Node("ReduceSum", r, _axis));
        }
    }
}
