using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Simulation.Tests;

/// <summary>A turntable (no gravity) whose rotor is driven by an ideal torque source of 1 N·m without lag through a spring.</summary>
public class FlexibleShaftTests(ITestOutputHelper output)
{
    private const double Rotor = 0.075;
    private const double Link = 0.1;
    private const double Stiffness = 4000;

    private static readonly JointEffects Spring = new() { Compliance = 1 / Stiffness, DampingRatio = 0.01 };

    /// <summary>The trapezoidal rule lowers the frequency by (ωh)²/12: 0.8 % at 1 ms; it leaves the damping alone.</summary>
    [Theory]
    [InlineData(1e-3, 0.01)]
    [InlineData(1e-4, 1e-4)]
    public void A_plucked_joint_swings_at_its_frequency_and_dies_away_as_its_damping_says(double step, double bound)
    {
        Plant plant = Turntable(Spring);
        plant.Advance(step, [1]);
        const double reduced = Link * Rotor / (Link + Rotor);
        double damper = 2 * 0.01 * Math.Sqrt(Stiffness * Rotor);
        double damping = damper / (2 * Math.Sqrt(Stiffness * reduced));
        double natural = Math.Sqrt(Stiffness / reduced);
        double damped = natural * Math.Sqrt(1 - damping * damping);

        const int periods = 20;
        double time = 0, first = 0, last = 0, atFirst = 0, atLast = 0;
        for (int crossings = 0; crossings <= periods;)
        {
            double before = Twist(plant);
            plant.Advance(step, [0]);
            time += step;
            double after = Twist(plant);
            if (!(before < 0 && after >= 0)) continue;
            last = time - step * after / (after - before);
            atLast = SwingEnergy(plant, reduced);
            if (crossings == 0) (first, atFirst) = (last, atLast);
            crossings++;
        }

        double frequency = 2 * Math.PI * periods / (last - first);
        double decay = Math.Log(atFirst / atLast) / (2 * (last - first));
        output.WriteLine($"step {step} s: {frequency:F3} rad/s for {damped:F3}, decay {decay:F4} 1/s for {damping * natural:F4}");
        Assert.Equal(damped, frequency, bound * damped);
        Assert.Equal(damping * natural, decay, 0.03 * damping * natural);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5e-3)]
    public void Against_a_held_link_the_rotor_turns_by_torque_over_stiffness_and_half_the_play(double play)
    {
        Plant plant = Turntable(Spring with { DampingRatio = 1, Backlash = play }, stop: 1e-9);
        double[] twists = [0, 0];
        for (int side = 0; side < 2; side++)
        {
            double torque = side == 0 ? 0.8 : -0.8;
            plant.Advance(5, [torque]);
            twists[side] = Twist(plant);
            Assert.Equal(torque / Stiffness + Math.Sign(torque) * 0.5 * play, twists[side], 1e-10);
        }

        Assert.Equal(play, twists[0] - twists[1] - 2 * 0.8 / Stiffness, 1e-10);
    }

    [Fact]
    public void Within_its_play_the_rotor_turns_alone()
    {
        Plant plant = Turntable(Spring with { Backlash = 0.02 });
        plant.Advance(0.03, [1]);
        Assert.Equal(0.03 / Rotor, plant.RotorVelocity(0), 1e-12);
        Assert.InRange(plant.RotorPosition(0), 1e-3, 0.01);
        Assert.Equal((0.0, 0.0), (plant.Position[0], plant.Velocity[0]));
        plant.Advance(0.05, [0]);
        Assert.True(plant.Velocity[0] > 0);
    }

    /// <summary>
    /// Without a damper and play nothing is lost; with play, links far too light for the step and steps of changing length nothing is won.
    /// </summary>
    [Theory]
    [InlineData(0.1, 0.0, 0.0)]
    [InlineData(1e-6, 0.0, 0.0)]
    [InlineData(0.1, 0.5e-3, 0.0)]
    [InlineData(1e-3, 0.5e-3, 0.01)]
    [InlineData(1e-6, 0.5e-3, 0.0)]
    [InlineData(1e-6, 0.5e-3, 0.01)]
    public void A_shaft_left_alone_never_gains_energy(double link, double play, double damping)
    {
        Plant plant = Turntable(Spring with { Backlash = play, DampingRatio = damping }, link);
        RandomStream random = new(5);
        double lost = 0;
        for (int pluck = 0; pluck < 50; pluck++)
        {
            plant.Advance(1e-3, [random.Uniform(-1, 1)]);
            double energy = Energy(plant, link);
            for (int k = 0; k < 100; k++)
            {
                plant.Advance(random.Uniform(5e-4, 1e-3), [0]);
                double next = Energy(plant, link);
                Assert.InRange(next, play == 0 && damping == 0 ? energy * (1 - 1e-9) : 0, energy * (1 + 1e-9) + 1e-18);
                lost += energy - next;
                energy = next;
            }
        }

        output.WriteLine($"link {link} kg·m², play {play} rad: {lost:E2} J lost, {plant.UnsettledSteps} steps unsettled");
        Assert.Equal(0, plant.UnsettledSteps);
    }

    private static double Twist(Plant plant) => plant.RotorPosition(0) - plant.Position[0];

    /// <summary>Of the swing against each other, J.</summary>
    private static double SwingEnergy(Plant plant, double reduced)
    {
        double rate = plant.RotorVelocity(0) - plant.Velocity[0];
        double twist = Twist(plant);
        return 0.5 * (Stiffness * twist * twist + reduced * rate * rate);
    }

    private static double Energy(Plant plant, double link)
    {
        double rotor = plant.RotorVelocity(0), turn = plant.Velocity[0];
        double bent = Math.Max(0, Math.Abs(Twist(plant)) - 0.5 * plant.Parameters.Effects![0].Backlash);
        return 0.5 * (Stiffness * bent * bent + Rotor * rotor * rotor + link * turn * turn);
    }

    private static Plant Turntable(JointEffects effects, double link = Link, double stop = double.PositiveInfinity)
    {
        PlantParameters parameters = PlantParameters.From(TestArms.Turntable(link, new(0, 0, 1, 0.05))) with
        {
            Motors = null,
            TorqueLimits = [1],
            TorqueLag = 0,
            LowerStops = [-stop],
            UpperStops = [stop],
            Effects = [effects],
        };
        Plant plant = new(parameters with { Model = parameters.Model.WithArmature([Rotor]) });
        plant.Reset([0]);
        return plant;
    }
}
