using LiquidControl.Numerics;

namespace LiquidControl.Neural.Certificates;

/// <summary>
/// Climbs with the secants of one step between states of the proved set, and with the distance of the outputs of two runs. In double, with
/// the weights rounded as the certificate takes them, so that rounding stays far below what is compared.
/// </summary>
internal sealed class SensitivityAttack
{
    private const double SecantPart = 1e-4;
    private const double RoundingPart = 1e-12;
    private const int MutationsInARow = 24;

    private readonly CertificateDomain _domain;
    private readonly Network<double> _network;
    private readonly double[] _scratch;

    public SensitivityAttack(NetworkWeights weights, CertificateDomain domain)
    {
        _domain = domain;
        NetworkWeights stored = new(weights.Architecture);
        new Rounding(domain.Precision).Stored(weights.Parameters).CopyTo(stored.Parameters.AsSpan());
        _network = Network<double>.Create(stored);
        _scratch = new double[_network.ScratchLength];
    }

    public long Evaluations { get; private set; }

    public double StepGain { get; private set; }

    public double TotalGain { get; private set; }

    /// <summary>The first entry of the sensitivities that a secant exceeds, in words.</summary>
    public string? Violation { get; private set; }

    /// <summary>Of one step, over the box of inputs and the set of states.</summary>
    public void AttackStep(Interval[] states, Sensitivity proved, long evaluations, RandomStream random)
    {
        Interval[] box = [.. _domain.Inputs, .. states];
        long end = Evaluations + evaluations;
        while (Evaluations < end)
        {
            double[] point = [.. box.Select(range => AttackSequence.Pick(range, random))];
            double timespan = AttackSequence.PickTimespan(_domain, random);
            double score = Secants(point, timespan, box, proved);
            for (int mutation = 0; mutation < MutationsInARow && Evaluations < end; mutation++)
            {
                double[] next = [.. point];
                int place = random.NextInt(box.Length + 1);
                double nextTimespan = place == box.Length ? AttackSequence.PickTimespan(_domain, random) : timespan;
                if (place < box.Length) next[place] = Math.Clamp(random.Uniform(box[place].Lower, box[place].Upper), box[place].Lower, box[place].Upper);
                double nextScore = Secants(next, nextTimespan, box, proved);
                if (nextScore < score) continue;
                (point, timespan, score) = (next, nextTimespan, nextScore);
            }
        }
    }

    /// <summary>Over runs from zero: two that differ by the same small distance in every input at every step, this way or that.</summary>
    public void AttackRuns(long evaluations, RandomStream random)
    {
        double distance = SecantPart * _domain.Inputs.Max(range => range.Upper - range.Lower);
        if (distance == 0.0) return;
        long end = Evaluations + evaluations;
        while (Evaluations < end)
        {
            AttackSequence sequence = AttackSequence.Draw(_domain, random);
            double[] signs = [.. _domain.Inputs.Select(_ => random.NextInt(2) == 0 ? distance : -distance)];
            double score = Distance(sequence, signs, distance);
            for (int mutation = 0; mutation < MutationsInARow && Evaluations < end; mutation++)
            {
                AttackSequence next = random.NextInt(2) == 0 ? sequence.Mutated(random) : sequence;
                double[] nextSigns = [.. signs];
                if (next == sequence) nextSigns[random.NextInt(signs.Length)] *= -1.0;
                double nextScore = Distance(next, nextSigns, distance);
                if (nextScore < score) continue;
                (sequence, signs, score) = (next, nextSigns, nextScore);
            }
        }
    }

    private double Secants(double[] point, double timespan, Interval[] box, Sensitivity proved)
    {
        int inputs = _network.InputSize;
        double[] state = new double[_network.StateSize], output = new double[_network.OutputSize];
        double[] rowSums = new double[output.Length];
        if (!Step(point, timespan, state, output)) return 0.0;
        double[] moved = [.. point];
        double[] movedState = new double[state.Length], movedOutput = new double[output.Length];
        for (int k = 0; k < point.Length; k++)
        {
            double wanted = SecantPart * (box[k].Upper - box[k].Lower);
            moved[k] = point[k] + wanted <= box[k].Upper ? point[k] + wanted : point[k] - wanted;
            double distance = Math.Abs(moved[k] - point[k]);
            if (distance > 0.0 && moved[k] >= box[k].Lower && Step(moved, timespan, movedState, movedOutput))
            {
                for (int i = 0; i < state.Length; i++) Compare("state", i, k, movedState[i] - state[i], distance, proved.State[i][k], state[i]);
                for (int i = 0; i < output.Length; i++)
                {
                    Compare("output", i, k, movedOutput[i] - output[i], distance, proved.Output[i][k], output[i]);
                    rowSums[i] += Beyond(movedOutput[i] - output[i], output[i]) / distance;
                }
            }

            moved[k] = point[k];
        }

        StepGain = Math.Max(StepGain, rowSums.Max());
        return rowSums.Max();

        bool Step(double[] at, double dt, double[] newState, double[] newOutput)
        {
            Evaluations++;
            return _network.StateAt(at.AsSpan(0, inputs), dt, at.AsSpan(inputs), newState, newOutput, _scratch) == StepResult.Ok;
        }
    }

    private void Compare(string what, int result, int argument, double change, double distance, double proved, double value)
    {
        if (Beyond(change, value) <= proved * distance * (1.0 + Slack)) return;
        Violation ??= FormattableString.Invariant(
            $"the sensitivity of {what} {result} to argument {argument} is {Math.Abs(change) / distance:G6}, more than the {proved:G6} proved");
    }

    /// <summary>What of a change is more than rounding.</summary>
    private static double Beyond(double change, double value) => Math.Max(0.0, Math.Abs(change) - RoundingPart * (1.0 + Math.Abs(value)));

    /// <summary>Of a comparison: an LTC in float rounds its conductances once more than their stored numbers.</summary>
    public double Slack => _domain.Precision == Precision.Binary64 ? 1e-9 : 1e-5;

    private double Distance(AttackSequence sequence, double[] signs, double distance)
    {
        double[] state = new double[_network.StateSize], output = new double[_network.OutputSize];
        double[] otherState = new double[state.Length], otherOutput = new double[output.Length], other = new double[_network.InputSize];
        double furthest = 0.0, apart = 0.0;
        for (int step = 0; step < sequence.Length; step++)
        {
            for (int i = 0; i < other.Length; i++)
            {
                double input = sequence.Inputs[step][i];
                other[i] = _domain.Inputs[i].Contains(input + signs[i]) ? input + signs[i] : input - signs[i];
                if (!_domain.Inputs[i].Contains(other[i])) other[i] = input;
                apart = Math.Max(apart, Math.Abs(other[i] - input));
            }

            Evaluations += 2;
            if (_network.Step(sequence.Inputs[step], sequence.Timespans[step], state, output, _scratch) != StepResult.Ok) break;
            if (_network.Step(other, sequence.Timespans[step], otherState, otherOutput, _scratch) != StepResult.Ok) break;
            for (int i = 0; i < output.Length; i++) furthest = Math.Max(furthest, Beyond(otherOutput[i] - output[i], output[i]));
        }

        double gain = apart > 0.0 ? furthest / apart : 0.0;
        TotalGain = Math.Max(TotalGain, gain);
        return gain;
    }
}
