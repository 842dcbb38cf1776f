using LiquidControl.Numerics;

namespace LiquidControl.Simulation;

/// <summary>How large each effect of one joint is in an episode, as a multiple of the described one, and where its ripple stands.</summary>
public readonly record struct JointEffectsDraw
{
    /// <summary>On the compliance: twice gives half the stiffness.</summary>
    public required double Flexibility { get; init; }

    public required double Backlash { get; init; }

    public required double Ripple { get; init; }

    /// <summary>On the cable's pull and its hysteresis.</summary>
    public required double Cable { get; init; }

    /// <summary>rad.</summary>
    public required double RipplePhase { get; init; }

    /// <summary>Factors uniform in the scenario's range, each on its own; always draws as many numbers.</summary>
    public static JointEffectsDraw From(Scenario scenario, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(stream);
        return new()
        {
            Flexibility = Factor(),
            Backlash = Factor(),
            Ripple = Factor(),
            Cable = Factor(),
            RipplePhase = stream.Uniform(-Math.PI, Math.PI),
        };

        double Factor() => stream.Uniform(scenario.EffectsMin, scenario.EffectsMax);
    }

    public JointEffects Apply(in JointEffects described) => described with
    {
        Compliance = described.Compliance * Flexibility,
        Backlash = described.Backlash * Backlash,
        Ripple = described.Ripple * Ripple,
        RipplePhase = RipplePhase,
        Cable = described.Cable * Cable,
        CableHysteresis = described.CableHysteresis * Cable,
    };
}
