using LiquidControl.Control;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Simulation.Tests;

public class PlantStopTests(ITestOutputHelper output)
{
    [Fact]
    public void Mechanical_stops_hold_a_joint_that_is_driven_into_them()
    {
        ArmDescription arm = TestArms.Turntable(0.05, new(0.6, 0.8, 1.3, 0.05), limit: 1);
        PlantParameters parameters = PlantParameters.From(arm);
        Plant plant = new(parameters);
        plant.Reset([0]);
        double stop = parameters.UpperStops[0];
        double farthest = 0;
        for (int k = 0; k < 3000; k++)
        {
            plant.Advance(1e-3, [1]);
            farthest = Math.Max(farthest, plant.Position[0]);
        }

        output.WriteLine($"stop {stop:F4} rad, farthest {farthest:F4} rad, rest {plant.Position[0]:F4} rad");
        Assert.InRange(farthest, stop, stop + 0.01);
        Assert.Equal(0, plant.Velocity[0], 1e-9);
        plant.Advance(0.5, [-1]);
        Assert.True(plant.Position[0] < stop - 0.1, "the stop must not hold the joint back");
    }

    [Fact]
    public void Random_drives_never_make_the_arm_blow_up()
    {
        PlantParameters parameters = PlantParameters.From(TestArms.Ar4Dc);
        Plant plant = new(parameters);
        plant.Reset(new double[6]);
        RandomStream random = new(7);
        double[] drive = new double[6];
        long unsettled = 0;
        for (int k = 0; k < 5000; k++)
        {
            if (k % 20 == 0)
            {
                for (int i = 0; i < 6; i++)
                    drive[i] = random.Uniform(-1.2, 1.2);
            }

            plant.Advance(2e-3, drive);
            for (int i = 0; i < 6; i++)
            {
                Assert.InRange(plant.Position[i], parameters.LowerStops[i] - 0.1, parameters.UpperStops[i] + 0.1);
                Assert.InRange(Math.Abs(plant.Velocity[i]), 0, 40);
            }

            unsettled = plant.UnsettledSteps;
        }

        output.WriteLine($"{unsettled} of 10000 steps had not settled");
        Assert.InRange(unsettled, 0, 10);
    }
}
