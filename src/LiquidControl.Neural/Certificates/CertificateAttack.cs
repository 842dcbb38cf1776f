using LiquidControl.Numerics;

namespace LiquidControl.Neural.Certificates;

/// <summary>
/// Tries to break a certificate: random starts and corners of the domain, long runs from state zero, hill climbing on each state and output up
/// and down, secants and pairs of runs. What it reaches also shows how much of each bound is needed. The same seed gives the same report.
/// </summary>
public static class CertificateAttack
{
    private const int Parts = 10;
    private const int PartsForSecants = 2;
    private const int PartsForRuns = 1;

    /// <param name="weights">The network.</param>
    /// <param name="certificate">Its certificate, over the domain to search.</param>
    /// <param name="evaluations">Steps to spend; the last run may end a few later.</param>
    /// <param name="seed">Of the search.</param>
    public static AttackReport Run(
        NetworkWeights weights, Certificate certificate, long evaluations, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(evaluations, 1);
        CertificateDomain domain = certificate.Domain;
        RandomStream random = new(seed);
        SensitivityAttack pairs = new(weights, domain);
        if (certificate.Sensitivity is { } sensitivity)
        {
            Interval[] states = [.. certificate.States.Select(bound => bound.Range!.Value)];
            pairs.AttackStep(states, sensitivity, evaluations * PartsForSecants / Parts, random.Fork(1));
        }

        pairs.AttackRuns(evaluations * PartsForRuns / Parts, random.Fork(2));
        long left = evaluations - pairs.Evaluations;
        Interval[] reached = domain.Precision == Precision.Binary64
            ? Climb(new BoundAttack<double>(weights, domain), out long spent)
            : ClimbSingle(new BoundAttack<float>(weights, domain), out spent);
        int count = certificate.States.Length;
        return new(pairs.Evaluations + spent, [.. reached[..count]], [.. reached[count..]], pairs.StepGain, pairs.TotalGain,
            [.. Violations(certificate, reached, pairs)]);

        Interval[] Climb(BoundAttack<double> attack, out long steps)
        {
            attack.Run(left, random.Fork(3));
            steps = attack.Evaluations;
            return attack.Reached;
        }

        Interval[] ClimbSingle(BoundAttack<float> attack, out long steps)
        {
            attack.Run(left, random.Fork(3));
            steps = attack.Evaluations;
            return attack.Reached;
        }
    }

    private static IEnumerable<string> Violations(Certificate certificate, Interval[] reached, SensitivityAttack pairs)
    {
        int states = certificate.States.Length;
        for (int i = 0; i < reached.Length; i++)
        {
            Bound bound = i < states ? certificate.States[i] : certificate.Outputs[i - states];
            if (bound.Range is not { } range || range.Contains(reached[i])) continue;
            string what = i < states ? $"state {i}" : $"output {i - states}";
            yield return FormattableString.Invariant(
                $"{what} reached {reached[i].Lower:R} to {reached[i].Upper:R}, outside the proved {range.Lower:R} to {range.Upper:R}");
        }

        if (pairs.Violation is { } violation) yield return violation;
        if (certificate.StepGain.Value is { } step && pairs.StepGain > step * (1.0 + pairs.Slack) + 1e-6)
        {
            yield return FormattableString.Invariant($"the step's gain reached {pairs.StepGain:G6}, more than the {step:G6} proved");
        }

        if (certificate.TotalGain.Value is { } total && pairs.TotalGain > total * (1.0 + pairs.Slack) + 1e-6)
        {
            yield return FormattableString.Invariant($"the total gain reached {pairs.TotalGain:G6}, more than the {total:G6} proved");
        }
    }
}
