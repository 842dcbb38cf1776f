using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Simulation.Tests;

public class PlantEnergyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1e-3, 0.02)]
    [InlineData(1e-4, 0.002)]
    public void A_frictionless_arm_swinging_freely_keeps_its_energy(double step, double bound)
    {
        PlantParameters free = PlantParameters.From(TestArms.Ar4Dc) with
        {
            Friction = new JointFriction[6],
            LowerStops = Filled(double.NegativeInfinity),
            UpperStops = Filled(double.PositiveInfinity),
        };
        Plant plant = new(free) { BridgesEnabled = false };
        plant.Reset([0.3, 0.4, -0.5, 0.6, 0.7, 0], [0.5, -0.5, 1, 1, -1, 0.5]);
        plant.Advance(0.05, new double[6]);
        double start = PlantEnergy.Total(plant);
        double least = start, most = start, kinetic = 0;
        for (int k = 0; k < 10.0 / step; k++)
        {
            plant.Advance(step, new double[6]);
            if (k % 10 != 0) continue;
            double energy = PlantEnergy.Total(plant);
            least = Math.Min(least, energy);
            most = Math.Max(most, energy);
            kinetic = Math.Max(kinetic, PlantEnergy.Kinetic(plant));
        }

        double end = PlantEnergy.Total(plant);
        output.WriteLine(
            $"step {step} s: energy {start:F4} J, after 10 s {end - start:E2} J, between {least - start:E2} and {most - start:E2} J, largest kinetic {kinetic:F3} J");
        Assert.True(kinetic > 3, "the arm hardly moved");
        Assert.True(Math.Max(most - start, start - least) < bound * kinetic);
    }

    private static double[] Filled(double value)
    {
        double[] values = new double[6];
        Array.Fill(values, value);
        return values;
    }
}
