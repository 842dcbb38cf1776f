using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Control.Tests;

public class FrictionFeedforwardTests
{
    private static readonly JointFriction Friction = new(0.6, 0.8, 1.3, 0.05);

    [Fact]
    public void It_is_zero_at_rest_and_odd_in_the_velocity()
    {
        Assert.Equal(0.0, At(0.0));
        for (double v = 1e-4; v < 3.0; v *= 1.3)
            Assert.Equal(-At(v), At(-v));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void In_motion_it_is_coulomb_and_viscous_friction(double v) => Assert.Equal(0.6 + 0.8 * v, At(v), 1e-6);

    [Fact]
    public void It_rises_through_zero_without_a_jump()
    {
        // The steepest slope is that of the faded sign: stiction over its width.
        double steepest = 0.6 * 1.3 / 0.02 + 0.8;
        for (double v = -0.1; v < 0.1; v += 1e-4)
            Assert.InRange(At(v + 1e-4) - At(v), -steepest * 1e-4, 1.01 * steepest * 1e-4);
    }

    private static double At(double velocity)
    {
        double[] torque = new double[1];
        FrictionFeedforward.Torque([Friction], [velocity], torque);
        return torque[0];
    }
}
