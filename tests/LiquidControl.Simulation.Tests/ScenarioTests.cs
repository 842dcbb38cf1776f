using LiquidControl.Control;
using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Simulation.Tests;

public class ScenarioTests
{
    [Fact]
    public void Names_find_their_scenarios_and_an_unknown_one_is_told_what_there_is()
    {
        Assert.All(Scenario.All, scenario => Assert.Same(scenario, Scenario.Parse(scenario.Name)));
        string message = Assert.Throws<FormatException>(() => Scenario.Parse("windy")).Message;
        Assert.Equal("Scenario 'windy' is unknown; expected one of nominal, perturbed, payload, heavy, drops, unmodelled.", message);
    }

    [Fact]
    public void The_nominal_draw_is_the_description_itself()
    {
        ArmDescription arm = TestArms.Ar4Dc;
        PlantParameters plant = Draw(Scenario.Nominal, 9).Apply(PlantParameters.From(arm));
        Assert.Equal(arm.Friction, plant.Friction);
        Assert.Equal(arm.Model.Bodies, plant.Model.Bodies);
        Assert.Equal(arm.Model.Armature, plant.Model.Armature);
    }

    [Theory]
    [InlineData("perturbed", 0, 0.5, 0.3)]
    [InlineData("payload", 0.5, 0.5, 0.3)]
    [InlineData("heavy", 1, 1, 0.5)]
    [InlineData("drops", 0, 0.5, 0.3)]
    [InlineData("unmodelled", 0, 0.5, 0.3)]
    public void Draws_fill_their_range_and_stay_in_it(string name, double leastPayload, double mostPayload, double friction)
    {
        List<double> payloads = [], masses = [], frictions = [], offsets = [];
        for (ulong seed = 0; seed < 400; seed++)
        {
            ScenarioDraw draw = Draw(Scenario.Parse(name), seed);
            payloads.Add(draw.PayloadMass);
            offsets.AddRange([draw.PayloadCenter.X, draw.PayloadCenter.Y, draw.PayloadCenter.Z]);
            masses.AddRange(draw.MassFactors);
            frictions.AddRange(draw.CoulombFactors);
            frictions.AddRange(draw.ViscousFactors);
        }

        AssertFills(payloads, leastPayload, mostPayload);
        AssertFills(offsets, -0.02, 0.02);
        AssertFills(masses, 0.9, 1.1);
        AssertFills(frictions, 1 - friction, 1 + friction);
    }

    [Fact]
    public void A_payload_hangs_at_the_tool_centre_point()
    {
        ArmDescription arm = TestArms.Ar4Dc;
        ScenarioDraw draw = Draw(Scenario.Nominal, 1) with { PayloadMass = 0.5, PayloadCenter = new(0.01, 0, 0) };
        BodyInertia before = arm.Model.Bodies[5];
        BodyInertia after = draw.Apply(PlantParameters.From(arm)).Model.Bodies[5];
        Vector3 moment = after.CenterOfMass * after.Mass - before.CenterOfMass * before.Mass;
        Assert.Equal(0.5, after.Mass - before.Mass, 1e-12);
        Assert.InRange((moment * (1 / 0.5) - arm.Model.Tool * new Vector3(0.01, 0, 0)).Norm, 0, 1e-12);
    }

    [Fact]
    public void A_wrong_model_scales_masses_and_friction_and_leaves_rotors_alone()
    {
        ArmDescription arm = TestArms.Ar4Dc;
        ArmDescription believed = ModelError.Evaluation.Apply(arm);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(1.2 * arm.Model.Bodies[i].Mass, believed.Model.Bodies[i].Mass, 1e-15);
            Assert.Equal(1.2 * arm.Model.Bodies[i].Inertia.M11, believed.Model.Bodies[i].Inertia.M11, 1e-15);
            Assert.Equal(arm.Model.Bodies[i].CenterOfMass, believed.Model.Bodies[i].CenterOfMass);
            Assert.Equal(0.8 * arm.Friction[i].Coulomb, believed.Friction[i].Coulomb, 1e-15);
            Assert.Equal(0.8 * arm.Friction[i].Viscous, believed.Friction[i].Viscous, 1e-15);
            Assert.Equal(arm.Friction[i].StictionRatio, believed.Friction[i].StictionRatio);
        }

        Assert.Equal(arm.Model.Armature, believed.Model.Armature);
        Assert.Same(arm, ModelError.None.Apply(arm));
    }

    [Fact]
    public void Each_stream_of_an_episode_is_its_own_and_starts_afresh_when_asked_for()
    {
        EpisodeStreams streams = new(3);
        ulong[] first = [.. Firsts(streams), new EpisodeStreams(4).Plant.NextUInt64()];
        Assert.Equal(first.Length, first.Distinct().Count());
        Assert.Equal(first[..^1], Firsts(streams));
    }

    [Fact]
    public void Effects_change_nothing_else_of_a_draw()
    {
        ScenarioDraw without = Draw(Scenario.Perturbed, 7), with = Draw(Scenario.Unmodelled, 7);
        Assert.Null(without.Effects);
        Assert.NotNull(with.Effects);
        Assert.Equal((without.PayloadMass, without.PayloadCenter), (with.PayloadMass, with.PayloadCenter));
        Assert.Equal(without.MassFactors, with.MassFactors);
        Assert.Equal(without.CoulombFactors, with.CoulombFactors);
        Assert.Equal(without.ViscousFactors, with.ViscousFactors);
    }

    [Fact]
    public void Effects_are_scaled_for_each_joint_on_its_own_and_ripple_starts_anywhere()
    {
        List<double> factors = [], phases = [];
        for (ulong seed = 0; seed < 200; seed++)
        {
            JointEffectsDraw[] drawn = Draw(Scenario.Unmodelled with { EffectsMin = 0.5, EffectsMax = 1.5 }, seed).Effects!;
            factors.AddRange(drawn.SelectMany(d => new[] { d.Flexibility, d.Backlash, d.Ripple, d.Cable }));
            phases.AddRange(drawn.Select(d => d.RipplePhase));
        }

        AssertFills(factors, 0.5, 1.5);
        AssertFills(phases, -Math.PI, Math.PI);
        Assert.Equal(factors.Count, factors.Distinct().Count());
    }

    [Fact]
    public void In_its_own_scenario_an_arm_has_the_effects_it_is_described_with()
    {
        JointEffects[] described = TestArms.Ar4DcEffects;
        PlantParameters parameters = PlantParameters.From(TestArms.Ar4Dc) with { Effects = described };
        JointEffects[] effects = Draw(Scenario.Unmodelled, 1).Apply(parameters).Effects!;
        Assert.Equal(described, effects.Select(effect => effect with { RipplePhase = 0 }));
        Assert.Null(Draw(Scenario.Perturbed, 1).Apply(parameters).Effects);
        Assert.Throws<ArgumentException>(() => Draw(Scenario.Unmodelled, 1).Apply(PlantParameters.From(TestArms.Ar4Dc)));
    }

    private static ulong[] Firsts(EpisodeStreams streams) =>
    [
        streams.Pair.NextUInt64(), streams.Plant.NextUInt64(), streams.Sensors.NextUInt64(), streams.Periods.NextUInt64(), streams.Drops.NextUInt64(),
        streams.Effects.NextUInt64(),
    ];

    private static ScenarioDraw Draw(Scenario scenario, ulong seed) => ScenarioDraw.From(scenario, new EpisodeStreams(seed), 6);

    private static void AssertFills(List<double> values, double low, double high)
    {
        double slack = 0.05 * (high - low);
        Assert.InRange(values.Min(), low, low + slack);
        Assert.InRange(values.Max(), high - slack, high);
        Assert.Equal(0.5 * (low + high), values.Average(), (high - low) * 0.06 + 1e-15);
    }
}
