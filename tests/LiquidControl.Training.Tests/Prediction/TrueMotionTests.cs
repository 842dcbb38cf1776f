using LiquidControl.Control.Tests;
using LiquidControl.Simulation;
using LiquidControl.Training.Prediction;
using Xunit;

namespace LiquidControl.Training.Tests.Prediction;

public class TrueMotionTests
{
    [Fact]
    public void Between_samples_it_lies_on_the_cubic_and_at_them_on_the_samples()
    {
        var plant = new Plant(PlantParameters.From(TestArm.Create()));
        var motion = new TrueMotion(3);
        Assert.Equal(double.NegativeInfinity, motion.End);
        double[] times = [0.0, 0.1, 0.25];
        foreach (double time in times)
        {
            plant.Reset([Cubic(time), -Cubic(time), 0.5], [Slope(time), -Slope(time), 0.0]);
            motion.Add(time, plant);
        }

        double[] position = new double[3], velocity = new double[3];
        foreach (double time in (double[])[0.0, 0.03, 0.1, 0.11, 0.2, 0.25])
        {
            motion.At(time, position, velocity);
            Assert.Equal(Cubic(time), position[0], 1e-14);
            Assert.Equal(-Slope(time), velocity[1], 1e-13);
            Assert.Equal((0.5, 0.0), (position[2], velocity[2]));
        }

        Assert.Equal(0.25, motion.End);

        static double Cubic(double t) => 0.3 + t * (0.7 + t * (-2.0 + t * 5.0));

        static double Slope(double t) => 0.7 + t * (-4.0 + t * 15.0);
    }
}
