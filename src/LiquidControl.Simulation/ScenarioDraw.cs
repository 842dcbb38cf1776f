using LiquidControl.Numerics;
using LiquidControl.Robotics;

namespace LiquidControl.Simulation;

/// <summary>One concrete plant of a scenario. Arrays have one entry a joint; the nominal draw changes no bit of the parameters.</summary>
public sealed record ScenarioDraw
{
    /// <summary>Inertia of a payload about its own centre of mass, each axis, m² (kg·m² a kg): a body some 5 cm across.</summary>
    private const double PayloadInertia = 4e-4;

    /// <summary>kg.</summary>
    public required double PayloadMass { get; init; }

    /// <summary>The payload's centre of mass in the tool's frame, m.</summary>
    public required Vector3 PayloadCenter { get; init; }

    /// <summary>Scale of each link's mass and inertia.</summary>
    public required double[] MassFactors { get; init; }

    public required double[] CoulombFactors { get; init; }

    public required double[] ViscousFactors { get; init; }

    /// <summary>Null: rigid joints and nothing else beyond the model.</summary>
    public JointEffectsDraw[]? Effects { get; init; }

    /// <summary>Draws from the plant's and the effects' streams; always as many numbers, so that scenarios of one seed differ only in their ranges.</summary>
    public static ScenarioDraw From(Scenario scenario, EpisodeStreams streams, int jointCount)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(streams);
        RandomStream stream = streams.Plant;
        RandomStream effects = streams.Effects;
        double offset = scenario.PayloadOffset;
        return new()
        {
            PayloadMass = stream.Uniform(scenario.PayloadMin, scenario.PayloadMax),
            PayloadCenter = new(stream.Uniform(-offset, offset), stream.Uniform(-offset, offset), stream.Uniform(-offset, offset)),
            MassFactors = Factors(scenario.MassSpread),
            CoulombFactors = Factors(scenario.FrictionSpread),
            ViscousFactors = Factors(scenario.FrictionSpread),
            Effects = scenario.HasEffects ? [.. Enumerable.Range(0, jointCount).Select(_ => JointEffectsDraw.From(scenario, effects))] : null,
        };

        double[] Factors(double spread)
        {
            double[] factors = new double[jointCount];
            for (int i = 0; i < jointCount; i++)
                factors[i] = 1 + stream.Uniform(-spread, spread);
            return factors;
        }
    }

    /// <summary>The plant of this draw; the described effects act only if the scenario has any.</summary>
    /// <exception cref="ArgumentException">The scenario has effects and none are described.</exception>
    public PlantParameters Apply(PlantParameters described)
    {
        ArgumentNullException.ThrowIfNull(described);
        RigidBodyModel model = described.Model.WithScaledInertia(MassFactors);
        if (PayloadMass > 0)
        {
            double inertia = PayloadInertia * PayloadMass;
            BodyInertia payload = new(PayloadMass, PayloadCenter, Matrix3.Identity * inertia);
            model = model.WithPayload(payload.SeenFrom(model.Tool));
        }

        JointFriction[] friction = new JointFriction[described.Friction.Length];
        for (int i = 0; i < friction.Length; i++)
        {
            JointFriction nominal = described.Friction[i];
            friction[i] = nominal with { Coulomb = nominal.Coulomb * CoulombFactors[i], Viscous = nominal.Viscous * ViscousFactors[i] };
        }

        return described with { Model = model, Friction = friction, Effects = EffectsOf(described) };
    }

    private JointEffects[]? EffectsOf(PlantParameters described)
    {
        if (Effects is not { } drawn) return null;
        if (described.Effects is not { } effects)
            throw new ArgumentException("The scenario has effects beyond the rigid-body model, but none are described for this arm.", nameof(described));
        return [.. effects.Zip(drawn, (effect, draw) => draw.Apply(effect))];
    }
}
