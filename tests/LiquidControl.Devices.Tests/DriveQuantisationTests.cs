using CsCheck;
using Xunit;

namespace LiquidControl.Devices.Tests;

public sealed class DriveQuantisationTests
{
    [Fact]
    public void The_duty_at_the_bridge_is_within_one_count_of_the_commanded_one()
    {
        const ulong Seed = 7;
        PCG random = new(1, Seed);
        ArmRig rig = ArmRig.Active();
        Gen<double[]> drives = Gen.Double[-1.0, 1.0].Array[6];
        double worst = 0;
        for (int i = 0; i < 5000; i++)
        {
            double[] commanded = drives.Generate(random, null, out _);
            rig.Read();
            rig.Hardware.Write(commanded);
            for (int joint = 0; joint < 6; joint++)
            {
                double error = Math.Abs(rig.Board.Drive(joint) - commanded[joint]);
                Assert.True(error <= 0.5 / 4096, $"Seed {Seed}, step {i}, joint {joint}: {commanded[joint]:R} gave an error of {error:R}");
                worst = Math.Max(worst, error);
            }
        }

        // Rounding, not truncation, and all of the range is used.
        Assert.InRange(worst, 0.49 / 4096, 0.5 / 4096);
    }

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(-1.0, -1.0)]
    [InlineData(1e300, 1.0)]
    [InlineData(double.NegativeInfinity, -1.0)]
    [InlineData(double.NaN, 0.0)]
    [InlineData(-0.0, 0.0)]
    [InlineData(1.0 / 4096, 1.0 / 4096)]
    [InlineData(-1.0 / 4096, -1.0 / 4096)]
    [InlineData(4095.0 / 4096, 4095.0 / 4096)]
    [InlineData(1e-300, 0.0)]
    public void The_ends_of_the_range_are_exact(double commanded, double expected)
    {
        ArmRig rig = ArmRig.Active();
        rig.Cycle(commanded);
        Assert.Equal(expected, rig.Board.Drive(0));
    }

    [Fact]
    public void Joints_without_a_command_get_none()
    {
        ArmRig rig = ArmRig.Active();
        rig.Cycle(0.5);
        rig.Hardware.Write([0.25]);
        Assert.Equal([0.25, 0, 0, 0, 0, 0], Enumerable.Range(0, 6).Select(rig.Board.Drive));
    }
}
