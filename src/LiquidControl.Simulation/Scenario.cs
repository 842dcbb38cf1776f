namespace LiquidControl.Simulation;

/// <summary>What an episode's plant may differ by from the arm's description; <see cref="ScenarioDraw"/> is one such plant.</summary>
public sealed record Scenario
{
    public static Scenario Nominal { get; } = new() { Name = "nominal" };

    public static Scenario Perturbed { get; } = new()
    {
        Name = "perturbed",
        PayloadMax = 0.5,
        PayloadOffset = 0.02,
        FrictionSpread = 0.3,
        MassSpread = 0.1,
        PeriodJitter = 0.5,
        DropProbability = 0.05,
        DelayCycles = 1,
        Noise = SensorNoise.Typical,
    };

    public static Scenario Payload { get; } = Perturbed with { Name = "payload", PayloadMin = 0.5 };

    /// <summary>Outside what a policy is trained on.</summary>
    public static Scenario Heavy { get; } = Perturbed with { Name = "heavy", PayloadMin = 1.0, PayloadMax = 1.0, FrictionSpread = 0.5 };

    public static Scenario Drops { get; } = Perturbed with { Name = "drops", DropProbability = 0.4 };

    /// <summary>Outside what a rigid-body model with friction can say, and outside what the shipped policy is trained on.</summary>
    public static Scenario Unmodelled { get; } = Perturbed with { Name = "unmodelled", EffectsMin = 1, EffectsMax = 1 };

    public static IReadOnlyList<Scenario> All { get; } = [Nominal, Perturbed, Payload, Heavy, Drops, Unmodelled];

    public required string Name { get; init; }

    /// <summary>kg, uniform.</summary>
    public double PayloadMin { get; init; }

    public double PayloadMax { get; init; }

    /// <summary>Largest distance of the payload's centre of mass from the tool centre point along each axis, m.</summary>
    public double PayloadOffset { get; init; }

    /// <summary>Coulomb and viscous friction of each joint differ by up to this part, each on its own.</summary>
    public double FrictionSpread { get; init; }

    /// <summary>The mass and inertia of each link differ by up to this part.</summary>
    public double MassSpread { get; init; }

    /// <summary>Each period differs from the nominal one by up to this part.</summary>
    public double PeriodJitter { get; init; }

    /// <summary>Chance that a cycle's encoder frame is lost.</summary>
    public double DropProbability { get; init; }

    /// <summary>Whole cycles between the end of a Write and its effect.</summary>
    public int DelayCycles { get; init; }

    public SensorNoise Noise { get; init; } = SensorNoise.None;

    /// <summary>Range of the arm's <see cref="JointEffects"/> as a multiple of the described ones, drawn for each joint and effect on its own.</summary>
    public double EffectsMin { get; init; }

    /// <summary>0: none, and the arm need not describe any.</summary>
    public double EffectsMax { get; init; }

    public bool HasEffects => EffectsMax > 0;

    /// <exception cref="FormatException">No scenario has this name.</exception>
    public static Scenario Parse(string name)
    {
        foreach (Scenario scenario in All)
        {
            if (scenario.Name == name) return scenario;
        }

        throw new FormatException($"Scenario '{name}' is unknown; expected one of {string.Join(", ", All.Select(scenario => scenario.Name))}.");
    }
}
