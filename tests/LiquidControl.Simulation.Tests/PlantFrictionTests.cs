using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Simulation.Tests;

/// <summary>A turntable (no gravity) on an ideal torque source of 1 N·m without lag: what is put in is the torque at the joint.</summary>
public class PlantFrictionTests
{
    private const double Inertia = 0.1;

    private static readonly JointFriction Law = new(0.6, 0.8, 1.3, 0.05);

    [Theory]
    [InlineData(0.1)]
    [InlineData(-0.5)]
    [InlineData(0.99)]
    public void Below_breakaway_a_joint_stands_still_for_ever(double partOfBreakaway)
    {
        Plant plant = Turntable(Law);
        double torque = partOfBreakaway * 1.3 * 0.6;
        for (int k = 1; k <= 1000; k++)
            plant.Advance(1e-3, [torque * k / 1000]);
        plant.Advance(2, [torque]);
        double settled = plant.Position[0];
        Assert.InRange(Math.Abs(settled), 0, 1e-3);
        Assert.Equal(torque, -plant.FrictionTorque[0], 1e-9);
        plant.Advance(30, [torque]);
        Assert.Equal(settled, plant.Position[0], 1e-12);
        Assert.InRange(Math.Abs(plant.Velocity[0]), 0, 1e-12);
    }

    [Fact]
    public void A_joint_that_sticks_does_not_creep_under_vibration()
    {
        Plant plant = Turntable(Law);
        double start = 0;
        for (int k = 0; k < 20_000; k++)
        {
            plant.Advance(1e-3, [0.4 + (k / 5 % 2 == 0 ? 0.3 : -0.3)]);
            if (k == 1999) start = plant.Position[0];
        }

        Assert.Equal(start, plant.Position[0], 1e-9);
    }

    [Fact]
    public void Past_breakaway_a_joint_slides_and_the_torque_that_starts_it_is_stiction()
    {
        Plant plant = Turntable(Law);
        double torque = 0;
        while (plant.Velocity[0] < 1e-3 && torque < 1)
        {
            torque += 1e-6;
            plant.Advance(1e-3, [torque]);
        }

        Assert.Equal(1.3 * 0.6, torque, 1e-3);
    }

    [Fact]
    public void Sliding_ends_at_the_speed_where_coulomb_and_viscous_friction_take_the_torque()
    {
        Plant plant = Turntable(Law);
        plant.Advance(5, [1.0]);
        Assert.Equal((1.0 - 0.6) / 0.8, plant.Velocity[0], 1e-6);
        Assert.Equal(-1.0, plant.FrictionTorque[0], 1e-6);
    }

    [Fact]
    public void A_sliding_joint_left_alone_comes_to_rest_and_stays()
    {
        Plant plant = Turntable(Law);
        plant.Advance(1, [1.0]);
        plant.Advance(1, [0.0]);
        double rest = plant.Position[0];
        plant.Advance(10, [0.0]);
        Assert.Equal(rest, plant.Position[0], 1e-9);
    }

    [Fact]
    public void The_step_is_stable_for_a_featherweight_joint_with_stiff_bristles()
    {
        Plant plant = Turntable(new(5, 50, 1.5, 0.05), inertia: 1e-6, presliding: 1e-6);
        for (int k = 0; k < 2000; k++)
        {
            plant.Advance(1e-3, [k % 7 < 3 ? 1.0 : -1.0]);
            Assert.InRange(Math.Abs(plant.Position[0]), 0, 1e-6);
        }

        Assert.Equal(0, plant.UnsettledSteps);
    }

    internal static Plant Turntable(JointFriction law, double inertia = Inertia, double presliding = 1e-3)
    {
        PlantParameters parameters = PlantParameters.From(TestArms.Turntable(inertia, law)) with
        {
            Motors = null,
            TorqueLimits = [1],
            TorqueLag = 0,
            PreslidingDeflection = presliding,
        };
        Plant plant = new(parameters with { Model = parameters.Model.WithArmature([0]) });
        plant.Reset([0]);
        return plant;
    }
}
