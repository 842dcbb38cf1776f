using Xunit;

namespace LiquidControl.Simulation.Tests;

public class PlantConvergenceTests(ITestOutputHelper output)
{
    /// <summary>Motors, friction through standstill, gravity: the error halves with the step, as it must for a method of first order.</summary>
    [Fact]
    public void Shorter_steps_converge_to_one_motion()
    {
        double[] reference = EndOf(1e-3 / 64);
        double coarse = Distance(EndOf(1e-3), reference);
        double half = Distance(EndOf(5e-4), reference);
        double quarter = Distance(EndOf(2.5e-4), reference);
        output.WriteLine($"against steps of 1/64 ms after 0.4 s: 1 ms {coarse:E2} rad, 0.5 ms {half:E2} rad, 0.25 ms {quarter:E2} rad");
        Assert.InRange(coarse, 0, 5e-3);
        Assert.InRange(half / coarse, 0.3, 0.7);
        Assert.InRange(quarter / half, 0.3, 0.7);
    }

    private static double[] EndOf(double step)
    {
        Plant plant = new(PlantParameters.From(TestArms.Ar4Dc));
        plant.Reset([0.2, 0.3, 0.1, 0.4, 0.5, 0.1]);
        double[] hold = new double[6];
        double[] drive = new double[6];
        plant.HoldingDrive(hold);
        int steps = (int)Math.Round(0.4 / step);
        for (int k = 0; k < steps; k++)
        {
            double push = k * step < 0.2 ? 0.25 : 0;
            for (int i = 0; i < 6; i++)
                drive[i] = hold[i] + (i % 2 == 0 ? push : -push);
            plant.Advance(step, drive);
        }

        return plant.Position.ToArray();
    }

    private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
}
