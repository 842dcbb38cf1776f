using System.Numerics;
using LiquidControl.Numerics;

namespace LiquidControl.Neural.Certificates;

/// <summary>Climbs with each state and output upwards and downwards, run after run from state zero, in the precision of the certificate.</summary>
internal sealed class BoundAttack<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private const int MutationsInARow = 24;

    private readonly CertificateDomain _domain;
    private readonly SampledNetwork<T> _network;
    private readonly T[] _input;
    private readonly double[] _lowest;
    private readonly double[] _highest;

    public BoundAttack(NetworkWeights weights, CertificateDomain domain)
    {
        _domain = domain;
        _network = new(Network<T>.Create(weights));
        _input = new T[weights.Architecture.InputSize];
        _lowest = new double[weights.Architecture.StateSize + weights.Architecture.OutputSize];
        _highest = new double[_lowest.Length];
        Array.Fill(_lowest, double.PositiveInfinity);
        Array.Fill(_highest, double.NegativeInfinity);
    }

    public long Evaluations { get; private set; }

    /// <summary>[state, then output], what was reached.</summary>
    public Interval[] Reached => [.. _lowest.Zip(_highest, (lowest, highest) => lowest <= highest ? new Interval(lowest, highest) : default)];

    public void Run(long evaluations, RandomStream random)
    {
        AttackSequence?[] best = new AttackSequence?[2 * _lowest.Length];
        double[] bestScore = new double[best.Length];
        Array.Fill(bestScore, double.NegativeInfinity);
        while (Evaluations < evaluations)
        {
            int target = random.NextInt(best.Length);
            AttackSequence sequence = random.NextInt(3) == 0 || best[target] is null
                ? AttackSequence.Draw(_domain, random) : best[target]!;
            double score = Score(sequence, target);
            for (int mutation = 0; mutation < MutationsInARow && Evaluations < evaluations; mutation++)
            {
                AttackSequence next = sequence.Mutated(random);
                double nextScore = Score(next, target);
                if (nextScore < score) continue;
                sequence = next;
                score = nextScore;
            }

            if (score <= bestScore[target]) continue;
            best[target] = sequence;
            bestScore[target] = score;
        }
    }

    /// <summary>The furthest that the target gets over the run.</summary>
    private double Score(AttackSequence sequence, int target)
    {
        _network.Reset();
        double score = double.NegativeInfinity;
        for (int step = 0; step < sequence.Length; step++)
        {
            for (int i = 0; i < _input.Length; i++) _input[i] = T.CreateTruncating(sequence.Inputs[step][i]);
            if (_network.Step(_input, T.CreateTruncating(sequence.Timespans[step])) != StepResult.Ok) break;
            Evaluations++;
            Record(_network.State, 0);
            Record(_network.Output, _network.State.Length);
            int place = target / 2;
            T value = place < _network.State.Length ? _network.State[place] : _network.Output[place - _network.State.Length];
            score = Math.Max(score, (target & 1) == 0 ? double.CreateTruncating(value) : -double.CreateTruncating(value));
        }

        return score;
    }

    private void Record(ReadOnlySpan<T> values, int first)
    {
        for (int i = 0; i < values.Length; i++)
        {
            double value = double.CreateTruncating(values[i]);
            _lowest[first + i] = Math.Min(_lowest[first + i], value);
            _highest[first + i] = Math.Max(_highest[first + i], value);
        }
    }
}
