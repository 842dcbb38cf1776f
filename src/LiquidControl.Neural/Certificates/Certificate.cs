using System.Collections.Immutable;

namespace LiquidControl.Neural.Certificates;

/// <summary>
/// What is certain of a network that starts from state zero and is given any inputs and timespans of a domain, for any number of steps: proved
/// by interval arithmetic that is rounded outwards, for the numbers the network computes in the domain's precision (<see cref="Rounding"/>).
/// </summary>
/// <remarks>
/// The sensitivities are those of the exact function of the rounded weights: two computed outputs may differ by their rounding more.
/// </remarks>
public sealed record Certificate
{
    private Certificate(
        CertificateDomain domain, ImmutableArray<Bound> states, ImmutableArray<Bound> outputs, Sensitivity? sensitivity, Gain stepGain,
        Gain totalGain)
    {
        Domain = domain;
        States = states;
        Outputs = outputs;
        Sensitivity = sensitivity;
        StepGain = stepGain;
        TotalGain = totalGain;
    }

    public CertificateDomain Domain { get; init; }

    /// <summary>[state], with mixed memory the memory cells behind the neurons.</summary>
    public ImmutableArray<Bound> States { get; init; }

    /// <summary>[output].</summary>
    public ImmutableArray<Bound> Outputs { get; init; }

    /// <summary>Of one step; null if a state has no bound.</summary>
    public Sensitivity? Sensitivity { get; init; }

    /// <summary>
    /// How much further apart, at most, two outputs of one step are than its arguments, inputs and states, both in the largest norm.
    /// </summary>
    public Gain StepGain { get; init; }

    /// <summary>
    /// How much further apart, at most, two outputs are at any step than the inputs have been at any step so far, timespans alike, both in the
    /// largest norm.
    /// </summary>
    public Gain TotalGain { get; init; }

    /// <exception cref="ArgumentException">The domain does not fit the network.</exception>
    public static Certificate Of(NetworkWeights weights, CertificateDomain domain)
    {
        domain.ThrowIfInvalid(weights.Architecture);
        Rounding rounding = new(domain.Precision);
        RangedStep step = RangedStep.Create(weights, domain, rounding);
        Interval[] inputs = [.. domain.RoundedInputs(rounding)];
        Interval[] states = StateEnclosure.Find(step, Ranged.WithoutSlopes(inputs));
        ImmutableArray<Bound> stateBounds =
            [.. states.Select((range, i) => ToBound(range, step.Obstacle ?? step.WhyUnbounded(i)))];
        int open = Array.FindIndex(states, range => !range.IsBounded);
        string why = open < 0 ? "the range overflows" : stateBounds[open].Reason;
        if (step.Obstacle is not null)
        {
            Gain none = new(null, why);
            return new(domain, stateBounds, [.. Enumerable.Repeat(new Bound(null, why), weights.Architecture.OutputSize)], null, none, none);
        }

        RangedResult result = step.Advance(Ranged.WithoutSlopes(inputs), Ranged.WithoutSlopes(states));
        ImmutableArray<Bound> outputBounds = [.. result.Output.Select(output => ToBound(output.Value, why))];
        Sensitivity? sensitivity = open < 0 ? Sensitivity.Of(step, inputs, states) : null;
        return new(domain, stateBounds, outputBounds, sensitivity, sensitivity?.StepGain() ?? new(null, why),
            sensitivity?.TotalGain() ?? new(null, why));
    }

    private static Bound ToBound(Interval range, string reason) => range.IsBounded ? new(range, "") : new(null, reason);
}
