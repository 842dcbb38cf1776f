using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Simulation.Tests;

/// <summary>Torque of a joint that follows a given motion, as labels of the training use it.</summary>
public class FollowedJointTests
{
    private const double Presliding = 1e-3;

    private static readonly JointFriction Law = new(0.6, 0.8, 1.3, 0.05);

    [Fact]
    public void A_joint_that_stands_asks_for_nothing() => Assert.Equal(0.0, New().Follow(0.0, 0.0, 0.5));

    [Theory]
    [InlineData(0.4)]
    [InlineData(-1.5)]
    public void Once_it_slides_the_torque_is_the_laws(double velocity)
    {
        FollowedJoint joint = New();
        double torque = joint.Follow(0.0, velocity, 0.5);
        Assert.Equal(Math.Sign(velocity) * Law.SlidingForce(velocity) + Law.Viscous * velocity, torque, 1e-9);
    }

    [Fact]
    public void The_torque_builds_up_over_the_presliding_path()
    {
        FollowedJoint joint = New();
        const double Velocity = 0.01;
        double breakaway = 1.3 * 0.6, last = 0.0;
        for (double t = 0.0; t < Presliding / Velocity; t += 0.01)
        {
            double torque = joint.Follow(0.0, Velocity, 0.01);
            Assert.InRange(torque, last - 1e-12, breakaway + Law.Viscous * Velocity + 1e-12);
            last = torque;
        }

        Assert.InRange(last, 0.9 * Law.SlidingForce(Velocity), breakaway + Law.Viscous * Velocity);
    }

    [Fact]
    public void It_is_the_friction_of_a_plant_that_moves_so()
    {
        Plant plant = PlantFrictionTests.Turntable(Law);
        FollowedJoint joint = New();
        for (int k = 0; k < 400; k++)
        {
            plant.Advance(1e-3, [Math.Sin(0.02 * k)]);
            Assert.Equal(-plant.FrictionTorque[0], joint.Follow(0.0, plant.Velocity[0], 1e-3), 0.05);
        }
    }

    [Fact]
    public void A_cable_pulls_back_and_its_strands_hold_against_the_motion()
    {
        JointEffects cable = new() { Cable = 0.3, CableHysteresis = 0.1 };
        FollowedJoint joint = New(cable), free = New();
        double there = joint.Follow(1.0, 0.5, 0.5) - free.Follow(1.0, 0.5, 0.5);
        double back = joint.Follow(1.0, -0.5, 0.5) - free.Follow(1.0, -0.5, 0.5);
        Assert.Equal(0.3 * Math.Sin(1.0) + 0.1, there, 1e-9);
        Assert.Equal(0.3 * Math.Sin(1.0) - 0.1, back, 1e-9);
    }

    private static FollowedJoint New(JointEffects effects = default)
    {
        PlantParameters parameters = PlantParameters.From(TestArms.Turntable(0.1, Law)) with { PreslidingDeflection = Presliding, Effects = [effects] };
        return new(parameters, 0);
    }
}
