namespace LiquidControl.Neural.Certificates;

/// <summary><see cref="Ltc{T}"/> over ranges.</summary>
/// <remarks>
/// An unfold sets x_j to the mean of x_j, vleak_j, erev_ij and, through epsilon, 0 with the weights c, gleak, R_ij, epsilon. None of them is
/// negative, so the hull of 0, vleak_j and erev_ij keeps x_j. The range of the mean over ranges of the weights is exact: it is largest where
/// all values above some threshold have their largest weight and the others their least.
/// </remarks>
internal sealed class RangedLtc : RangedStep
{
    private readonly LtcArchitecture _architecture;
    private readonly Rounding _rounding;
    private readonly LtcParameters<double> _parameters;
    private readonly Interval[] _capacitance;
    private readonly double _epsilon;

    public RangedLtc(NetworkWeights weights, LtcArchitecture architecture, CertificateDomain domain, Rounding rounding)
    {
        _architecture = architecture;
        _rounding = rounding;
        _parameters = LtcParameters<double>.From(weights);
        Obstacle = FindNegative();
        Interval offset = Interval.Point(rounding.Stored(architecture.TimespanOffset));
        Interval step = rounding.Round((domain.RoundedTimespan(rounding) + offset) / Interval.Point(architecture.OdeUnfolds), 2);
        if (step.Lower <= 0.0) Obstacle ??= "the shortest timespan is zero to within rounding; state a longer one";
        _epsilon = rounding.Stored(architecture.Epsilon);
        _capacitance = Obstacle is null
            ? [.. _parameters.Capacitance.Select(c => NotNegative(rounding.Round(Interval.Point(rounding.Stored(c)) / step, 2)))]
            : [];
    }

    public override string? Obstacle { get; }

    public override Interval[] Seed
    {
        get
        {
            Interval[] seed = [.. _parameters.LeakPotential.Select(value => Interval.Point(_rounding.Stored(value)).Hull(default))];
            foreach (LtcSynapses<double> synapses in (LtcSynapses<double>[])[_parameters.Sensory, _parameters.Recurrent])
            {
                for (int j = 0; j < seed.Length; j++)
                {
                    for (int k = synapses.First[j]; k < synapses.First[j + 1]; k++)
                    {
                        seed[j] = seed[j].Hull(Interval.Point(_rounding.Stored(synapses.Reversal[k])));
                    }
                }
            }

            return seed;
        }
    }

    public override string WhyUnbounded(int state) =>
        $"neuron {state}: its capacitance, conductances and epsilon are too small beside rounding for a step to keep a set of states";

    public override RangedResult Advance(Ranged[] input, Ranged[] state)
    {
        Ranged[] mapped = [.. input.Select((x, i) => Affine(x, _parameters.InputWeight[i], _parameters.InputBias[i]))];
        MeanTerm[][] sensory = [.. state.Select((_, j) => Terms(_parameters.Sensory, j, mapped).ToArray())];
        Ranged[] current = state;
        for (int unfold = 0; unfold < _architecture.OdeUnfolds; unfold++)
        {
            Ranged[] old = current;
            current = [.. old.Select((_, j) => Unfold(j, old, sensory[j]))];
        }

        Ranged[] output = [.. Enumerable.Range(0, _architecture.OutputSize)
            .Select(k => Affine(current[k], _parameters.OutputWeight[k], _parameters.OutputBias[k]))];
        return new(current, output);
    }

    private Ranged Unfold(int j, Ranged[] old, MeanTerm[] sensory)
    {
        MeanTerm own = new(new(_capacitance[j], []), old[j].Value);
        Interval leak = Interval.Point(_rounding.Stored(_parameters.LeakConductance[j]));
        WeightedMean mean = new(
        [
            own,
            new(new(leak, []), Interval.Point(_rounding.Stored(_parameters.LeakPotential[j]))),
            new(new(Interval.Point(_epsilon), []), default),
            .. sensory, .. Terms(_parameters.Recurrent, j, old),
        ]);
        Interval value = mean.Range(_rounding);
        return new(value, mean.Slopes(value, own, old[j].Slopes));
    }

    private IEnumerable<MeanTerm> Terms(LtcSynapses<double> synapses, int neuron, Ranged[] sources)
    {
        for (int k = synapses.First[neuron]; k < synapses.First[neuron + 1]; k++)
        {
            Ranged x = sources[synapses.Source[k]];
            Interval slope = Interval.Point(_rounding.Stored(synapses.Slope[k]));
            Interval weight = Interval.Point(_rounding.Stored(synapses.Weight[k]));
            Interval distance = _rounding.Round(x.Value - Interval.Point(_rounding.Stored(synapses.Midpoint[k])));
            Ranged argument = x.Through(_rounding.Round(slope * distance), slope);
            Ranged gate = RangedFunctions.Sigmoid(argument, _rounding);
            Ranged conductance = gate.Through(NotNegative(_rounding.Round(weight * gate.Value)), weight);
            yield return new(conductance, Interval.Point(_rounding.Stored(synapses.Reversal[k])));
        }
    }

    private Ranged Affine(Ranged x, double weight, double bias)
    {
        Interval w = Interval.Point(_rounding.Stored(weight));
        Interval b = Interval.Point(_rounding.Stored(bias));
        Interval product = w * x.Value;
        return x.Through(_rounding.Widen(product + b, (product.Absolute + b.Absolute).Upper, 2), w);
    }

    private static Interval NotNegative(Interval value) => value.Intersect(new(0.0, double.PositiveInfinity));

    private string? FindNegative()
    {
        (string Key, double[] Values)[] tensors =
        [
            (LtcKeys.Capacitance, _parameters.Capacitance), (LtcKeys.LeakConductance, _parameters.LeakConductance),
            (LtcKeys.Recurrent.Weight, _parameters.Recurrent.Weight), (LtcKeys.Sensory.Weight, _parameters.Sensory.Weight),
        ];
        foreach ((string key, double[] values) in tensors)
        {
            int place = Array.FindIndex(values, value => value < 0.0);
            if (place < 0) continue;
            string element = values == _parameters.Recurrent.Weight ? Synapse(_parameters.Recurrent, place)
                : values == _parameters.Sensory.Weight ? Synapse(_parameters.Sensory, place)
                : $"element {place}";
            return $"tensor '{key}', {element}, is negative ({values[place]:G6}): the step is then no weighted mean and may blow up";
        }

        return null;
    }

    private string Synapse(LtcSynapses<double> synapses, int place)
    {
        int destination = Array.FindLastIndex(synapses.First, first => first <= place);
        return $"element {synapses.Source[place] * _architecture.NeuronCount + destination} (from {synapses.Source[place]} to {destination})";
    }
}
