namespace LiquidControl.Neural.Certificates;

/// <summary>One step of a network over ranges of inputs and states and the domain's timespans, with slopes where the arguments have them.</summary>
internal abstract class RangedStep
{
    /// <summary>Why nothing about this network's state can be proved; null: try.</summary>
    public virtual string? Obstacle => null;

    /// <summary>Why a state may have no bound, in words, given the ranges that were found.</summary>
    public abstract string WhyUnbounded(int state);

    /// <summary>A set of states to grow until one step keeps it: it holds zero.</summary>
    public abstract Interval[] Seed { get; }

    public abstract RangedResult Advance(Ranged[] input, Ranged[] state);

    public static RangedStep Create(NetworkWeights weights, CertificateDomain domain, Rounding rounding)
    {
        NetworkArchitecture architecture = weights.Architecture;
        RangedStep neurons = architecture.WithoutMemory() switch
        {
            CfcArchitecture dense => new RangedCfc(weights, dense, domain.RoundedTimespan(rounding), rounding),
            WiredCfcArchitecture wired => new RangedWiredCfc(weights, wired, domain.RoundedTimespan(rounding), rounding),
            LtcArchitecture ltc => new RangedLtc(weights, ltc, domain, rounding),
            NetworkArchitecture other => throw new ArgumentException($"No certificate is known for {other.GetType().Name}.", nameof(weights)),
        };
        return architecture.Memory == MemoryCoupling.None ? neurons : new RangedMemory(weights, neurons, rounding);
    }

    private protected static string WhyCfcUnbounded(CfcMode mode, HeadActivation activation)
    {
        if (mode == CfcMode.Pure)
        {
            return "pure at dt = 0 is linear in its state, h' = A - A u, and no set of states was found that a step keeps; "
                + "state a range of dt above zero";
        }

        return activation == HeadActivation.Identity
            ? "identity heads have no range of their own, and no set of states was found that a step keeps"
            : "the range overflows";
    }
}
