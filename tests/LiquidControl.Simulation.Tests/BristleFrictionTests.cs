using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Simulation.Tests;

/// <summary>Friction of a joint that follows a given velocity, as labels of the training use it.</summary>
public class BristleFrictionTests
{
    private const double Presliding = 1e-3;

    private static readonly JointFriction Law = new(0.6, 0.8, 1.3, 0.05);

    [Fact]
    public void A_joint_that_stands_asks_for_nothing() => Assert.Equal(0.0, New().Follow(0.0, 0.5));

    [Theory]
    [InlineData(0.4)]
    [InlineData(-1.5)]
    public void Once_it_slides_the_torque_is_the_laws(double velocity)
    {
        BristleFriction bristles = New();
        double torque = bristles.Follow(velocity, 0.5);
        Assert.Equal(Math.Sign(velocity) * Law.SlidingForce(velocity) + Law.Viscous * velocity, torque, 1e-9);
    }

    [Fact]
    public void The_torque_builds_up_over_the_presliding_path()
    {
        BristleFriction bristles = New();
        const double Velocity = 0.01;
        double breakaway = 1.3 * 0.6, last = 0.0;
        for (double t = 0.0; t < Presliding / Velocity; t += 0.01)
        {
            double torque = bristles.Follow(Velocity, 0.01);
            Assert.InRange(torque, last - 1e-12, breakaway + Law.Viscous * Velocity + 1e-12);
            last = torque;
        }

        Assert.InRange(last, 0.9 * Law.SlidingForce(Velocity), breakaway + Law.Viscous * Velocity);
    }

    [Fact]
    public void It_is_the_friction_of_a_plant_that_moves_so()
    {
        Plant plant = PlantFrictionTests.Turntable(Law);
        BristleFriction bristles = New();
        for (int k = 0; k < 400; k++)
        {
            plant.Advance(1e-3, [Math.Sin(0.02 * k)]);
            Assert.Equal(-plant.FrictionTorque[0], bristles.Follow(plant.Velocity[0], 1e-3), 0.05);
        }
    }

    private static BristleFriction New() => new(Law, Presliding);
}
