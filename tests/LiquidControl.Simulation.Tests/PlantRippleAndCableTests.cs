using Xunit;

namespace LiquidControl.Simulation.Tests;

/// <summary>A rigid joint so heavy that it turns on at its speed: inertia times acceleration is the torque under test.</summary>
public class PlantRippleAndCableTests
{
    private const double Inertia = 1e5;
    private const double Pull = 0.3;
    private const double Hysteresis = 0.1;
    private const double Strength = 1e12;

    [Fact]
    public void Ripple_has_its_amplitude_its_periods_in_a_turn_and_its_phase()
    {
        const int periods = 60;
        Plant plant = Heavy(new() { Ripple = 0.44, RipplePerTurn = periods, RipplePhase = 0.7 });
        plant.Reset([0], [0.5]);
        double largest = 0, last = 0;
        int signs = 0;
        while (plant.Position[0] < 2 * Math.PI)
        {
            double angle = plant.Position[0];
            plant.Advance(1e-3, [0]);
            double torque = Torque(plant);
            Assert.Equal(0.44 * Math.Sin(periods * angle + 0.7), torque, 1e-9);
            largest = Math.Max(largest, Math.Abs(torque));
            if (torque * last < 0) signs++;
            last = torque;
        }

        Assert.Equal(0.44, largest, 1e-3);
        Assert.Equal(2 * periods, signs);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.1)]
    public void A_cable_pulls_to_zero_and_its_strands_rub_the_same_at_any_speed(double speed)
    {
        Plant plant = Heavy(new() { Cable = Pull, CableHysteresis = Hysteresis });
        plant.Reset([-0.2], [speed]);
        double from = plant.Position[0];
        for (int pass = 0; pass < 4; pass++)
        {
            int way = pass % 2 == 0 ? 1 : -1;
            while (way * plant.Position[0] < 0.2)
            {
                double start = plant.Position[0];
                plant.Advance(1e-3, [0]);
                double path = Math.Abs(plant.Position[0] - from);
                double rub = pass == 0 ? Math.Min(1, path / 0.02) : Math.Min(1, path / 0.02 - 1);
                Assert.Equal(-Pull * Math.Sin(start) - way * rub * Hysteresis, Torque(plant), 1e-6);
            }

            from = plant.Position[0];
            TurnRound(plant);
        }
    }

    [Fact]
    public void A_loop_of_the_cable_costs_its_width_times_its_length()
    {
        Plant plant = Heavy(new() { Cable = Pull, CableHysteresis = Hysteresis });
        plant.Reset([-0.5], [0.5]);
        double work = 0;
        for (int pass = 0; pass < 4; pass++)
        {
            int way = pass % 2 == 0 ? 1 : -1;
            while (way * plant.Position[0] < 0.5)
            {
                plant.Advance(1e-3, [0]);
                if (pass >= 2) work -= Torque(plant) * plant.Velocity[0] * 1e-3;
            }

            TurnRound(plant);
        }

        // A parallelogram: 2 H high, 1 rad long less the 2·20 mrad in which the strands give.
        Assert.Equal(2 * Hysteresis * (1 - 0.04), work, 2e-3);
    }

    private static double Torque(Plant plant) => Inertia * plant.Acceleration[0];

    /// <summary>A torque that turns the speed round within a microsecond.</summary>
    private static void TurnRound(Plant plant)
    {
        double speed = plant.Velocity[0];
        plant.Advance(1e-6, [-2 * Inertia * speed / 1e-6 / Strength]);
    }

    private static Plant Heavy(JointEffects effects)
    {
        PlantParameters parameters = PlantParameters.From(TestArms.Turntable(Inertia, new(0, 0, 1, 0.05))) with
        {
            Motors = null,
            TorqueLimits = [Strength],
            TorqueLag = 0,
            Effects = [effects],
        };
        return new(parameters with { Model = parameters.Model.WithArmature([0]) });
    }
}
