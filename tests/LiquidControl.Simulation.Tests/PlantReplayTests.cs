using System.Diagnostics;
using LiquidControl.Control;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Simulation.Tests;

public class PlantReplayTests(ITestOutputHelper output)
{
    [Fact]
    public void The_same_drives_give_the_same_bits_and_others_do_not()
    {
        Assert.Equal(HashOf(11), HashOf(11));
        Assert.NotEqual(HashOf(11), HashOf(12));
    }

    [Fact]
    public void Advancing_allocates_nothing()
    {
        Plant plant = new(PlantParameters.From(TestArms.Ar4Dc));
        plant.Reset(new double[6]);
        double[] drive = [0.1, -0.2, 0.1, 0.3, -0.3, 0.2];
        plant.Advance(0.01, drive);
        long before = GC.GetAllocatedBytesForCurrentThread();
        plant.Advance(1, drive);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_speed_of_a_step_is_printed()
    {
        foreach (ArmDescription arm in new[] { TestArms.Ar4Dc, TestArms.Ur5e })
        {
            Plant plant = new(PlantParameters.From(arm));
            plant.Reset(new double[6]);
            double[] drive = new double[6];
            RandomStream random = new(3);
            double best = double.PositiveInfinity;
            for (int round = 0; round < 40; round++)
            {
                for (int i = 0; i < 6; i++)
                    drive[i] = random.Uniform(-0.3, 0.3);
                long start = Stopwatch.GetTimestamp();
                plant.Advance(1, drive);
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / 1000);
            }

            output.WriteLine($"{arm.Name}: {best:F2} us a step of 1 ms, {1000 / best:F0} times real time");
        }
    }

    private static ulong HashOf(ulong seed)
    {
        Plant plant = new(PlantParameters.From(TestArms.Ar4Dc));
        plant.Reset([0.1, 0.2, 0.1, 0, 0.3, 0]);
        RandomStream random = new(seed);
        double[] drive = new double[6];
        StateHash hash = default;
        for (int k = 0; k < 500; k++)
        {
            for (int i = 0; i < 6; i++)
                drive[i] = random.Uniform(-0.5, 0.5);
            plant.Advance(random.Uniform(1e-3, 3e-3), drive);
            plant.AddTo(ref hash);
        }

        return hash.Value;
    }
}
